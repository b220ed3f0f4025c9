package p101.lobby;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import p101.registry.Outcome;
import p101.testing.Fuzzing;

/**
 * Whatever a member sends, in whatever pieces: the same is answered and heard, every line that others see is one that the spec
 * allows and holds no control character, and nothing is left when the member is gone.
 */
class LobbyStreamFuzzTest {
    private static final int MAX_STREAM = 40_000;
    private static final String[] ORDERS = {
        "/register ",
        "/setNick ",
        "/setSharedFiles ",
        "/showall",
        "/query ",
        "/fetch ",
        "/pro ",
        "/kick ",
        "/who",
        "/help",
        "/exit",
        "/keepalive",
        "/pong",
        "/ping",
        "//",
        "/"
    };
    private static final String[] WORDS = {
        "ann",
        "bob",
        "\"",
        "\"a b\"",
        "6010",
        "0",
        "65536",
        "rfc1.txt",
        " ",
        "\t",
        "../x",
        "\u202e",
        "\u001b[2J",
        "x => y"
    };
    private static final String[] ENDS = {"\n", "\r\n", "\r", "", " "};

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, MAX_STREAM, LobbyStreamFuzzTest::check);
    }

    /** Lines that are nearly right. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        StringBuilder stream = new StringBuilder("/setNick mallory\n");
        while (data.remainingBytes() > 0 && stream.length() < MAX_STREAM) {
            switch (data.consumeInt(0, 4)) {
                case 0 -> stream.append(data.pickValue(ORDERS));
                case 1 -> stream.append(data.pickValue(WORDS)).append(' ');
                case 2, 3 -> stream.append(data.pickValue(ENDS));
                default -> stream.append(data.consumeString(30));
            }
        }
        check(stream.toString().getBytes(StandardCharsets.UTF_8), seed);
    }

    private static void check(byte[] stream, long seed) {
        Run smooth = new Run();
        smooth.play(stream, new SplittableRandom(0), MAX_STREAM);
        Run rough = new Run();
        rough.play(stream, new SplittableRandom(seed), 9);
        require(smooth.answers.equals(rough.answers), "the pieces changed the answers");
        require(smooth.heard.equals(rough.heard), "the pieces changed what was heard");
        smooth.check();
    }

    /** A lobby with one other member who listens. */
    private static final class Run {
        private final LobbyWorld world = new LobbyWorld();
        private final LobbyWorld.Person listener = world.member("10.0.0.9", "listener");
        private final LobbyWorld.Person person = world.enter("10.0.0.1");
        String answers;
        String heard;

        void play(byte[] stream, SplittableRandom random, int most) {
            for (int at = 0; at < stream.length; ) {
                int count = Math.min(stream.length - at, 1 + random.nextInt(most));
                person.feed(Arrays.copyOfRange(stream, at, at + count));
                at += count;
            }
            person.end();
            person.leave();
            answers = person.seen();
            heard = listener.seen();
        }

        void check() {
            require(answers.isEmpty() || answers.endsWith("\n"), "half an answer");
            for (String line : (answers + heard).split("\n", -1)) {
                require(
                        line.chars().noneMatch(c -> c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0x202e),
                        "a raw character");
            }
            for (String line : heard.split("\n")) {
                LobbyLine parsed = LobbyLine.parse(line);
                require(
                        line.isEmpty()
                                || parsed instanceof LobbyLine.Said said
                                        && said.door().isEmpty()
                                || parsed instanceof LobbyLine.Notice,
                        "heard as something else: " + line);
            }
            require(world.totals().equals(new Outcome.Totals(0, 1)), "rows or a presence are left");
            require(world.lobby.memberCount() == 1, "the member is left");
            world.journal.forEach(line -> require(line.indexOf('\n') < 0, "a log line is two"));
            require(world.failures.isEmpty(), "a door failed");
        }
    }
}
