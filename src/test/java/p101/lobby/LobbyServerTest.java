package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.loop.LoopCounter;
import p101.registry.Outcome;
import p101.testing.PlainSocket;

/** The lobby over sockets: short reads, sudden ends, members that do not read, limits. */
class LobbyServerTest {
    private static final long SECOND = 1_000_000_000L;

    private LobbyRig rig;

    private LobbyRig start(LobbyLimits limits) throws IOException {
        rig = new LobbyRig(limits);
        return rig;
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aPersonWithNcTalksAndLists() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket ann = rig.connect();
        assertThat(ann.await("\n")).startsWith("* Welcome").contains("/help");
        ann.push("/register ann 6010 \"my song.ogg\"\nhello?\n");
        ann.await("OK you are ann");
        PlainSocket bob = rig.connect();
        bob.push("/setNick bob\r\n/query song\r\nhi ann\r\n");
        assertThat(bob.await("END"))
                .contains("\r\n* ", " ann: hello?\r\n")
                .endsWith("127.0.0.1:6010 | ann => my song.ogg\r\nEND\r\n");
        assertThat(ann.await("hi ann")).endsWith("* bob joined\nbob: hi ann\n");
    }

    @Test
    void oneByteAtATimeIsTheSame() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket listener = rig.member("listener");
        PlainSocket slow = rig.connect();
        byte[] bytes =
                "/register \"ann lee\" 1 \"é.txt\"\r\nhé\r\n/fetch é.txt\r\n/exit\r\n".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            slow.push(new byte[] {b});
            rig.turn(2);
        }
        slow.awaitEnd();
        assertThat(slow.seen())
                .contains(
                        "OK you are ann lee, port 1, 1 file\r\n",
                        "127.0.0.1:1 | ann lee => é.txt | not fetchable\r\nEND\r\n")
                .endsWith("OK bye\r\n");
        assertThat(listener.await("left")).isEqualTo("* ann lee joined\nann lee: hé\n* ann lee left: said /exit\n");
    }

    @Test
    void finResetAndSilenceTakeEverythingAway() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket watcher = rig.member("watcher");
        for (String how : List.of("fin", "half-close", "reset", "silence")) {
            PlainSocket ann = rig.connect();
            ann.push("/keepalive\n/register ann 6010 a.txt b.txt\n");
            ann.await("OK you are ann");
            assertThat(rig.totals()).isEqualTo(new Outcome.Totals(2, 2));
            switch (how) {
                case "fin" -> ann.close();
                case "half-close" -> ann.endOutput();
                case "reset" -> ann.reset();
                default -> {
                    for (int i = 0; i < 52; i++) {
                        rig.move(SECOND);
                    }
                }
            }
            watcher.await("ann left");
            assertThat(rig.totals()).as(how).isEqualTo(new Outcome.Totals(0, 1));
            watcher.clear();
            if (how.equals("half-close")) {
                ann.awaitEnd();
            }
        }
        assertThat(rig.server.members()).isOne();
    }

    @Test
    void aPipedConversationIsServedToItsEnd() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket listener = rig.member("listener");
        PlainSocket piped = rig.connect();
        piped.push("/setNick pipe\nfirst\n/who\nlast");
        piped.endOutput();
        piped.awaitEnd();
        assertThat(piped.seen()).contains("pipe -> 127.0.0.1:0, 0 files, you\nEND\n");
        assertThat(listener.await("left")).isEqualTo("* pipe joined\npipe: first\npipe: last\n* pipe left: hung up\n");
    }

    @Test
    void whoSaysTooMuchIsReadMoreSlowlyAndLosesNothing() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket listener = rig.member("listener");
        PlainSocket fast = rig.member("fast");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            lines.append("line ").append(i).append('\n');
        }
        fast.push(lines.toString());
        rig.turn(50);
        long atOnce = listener.seen().lines().count();
        assertThat(atOnce).isBetween((long) LobbyLimits.LINES_AT_ONCE - 10, (long) LobbyLimits.LINES_AT_ONCE + 2);
        rig.move(SECOND);
        rig.turn(50);
        assertThat(listener.seen().lines().count())
                .as("the first timer wakes the rest")
                .isGreaterThan(atOnce);
        for (int i = 0; i < 200; i++) {
            rig.move(SECOND / 10);
        }
        List<String> heard = listener.seen()
                .lines()
                .filter(line -> line.startsWith("fast: "))
                .toList();
        assertThat(heard).hasSize(100);
        assertThat(heard.get(99)).isEqualTo("fast: line 99");
    }

    @Test
    void aMemberThatStopsReadingIsDroppedAndNobodyElseNotices() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket deaf = rig.member("deaf");
        deaf.setReceiveBufferBytes(4_096);
        deaf.push("/setSharedFiles a b\n");
        PlainSocket reader = rig.member("reader");
        PlainSocket talker = rig.member("talker");
        String text = "x".repeat(1_900);
        int said = 0;
        while (rig.server.counters().slowReaders() == 0 && said < 20_000) {
            talker.push(text + "\n");
            rig.move(SECOND / 10);
            said++;
            reader.seen();
        }
        assertThat(rig.server.counters().slowReaders()).isOne();
        rig.turn(5);
        assertThat(rig.server.members()).isEqualTo(2);
        assertThat(rig.totals().rows()).isZero();
        talker.push("still here\n");
        rig.move(SECOND);
        assertThat(reader.await("still here")).contains("* deaf left: does not read\n");
        assertThat(reader.seen()
                        .lines()
                        .filter(line -> line.startsWith("talker: xxx"))
                        .count())
                .isEqualTo(said);
    }

    @Test
    void anAnswerThatNobodyTakesIsGivenUp() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket owner = rig.connect();
        StringBuilder files = new StringBuilder("/register owner 1");
        for (int i = 0; i < 900; i++) {
            files.append(" file-number-").append(i);
        }
        owner.push(files + "\n");
        owner.await("OK");
        PlainSocket lazy = rig.member("lazy");
        lazy.setReceiveBufferBytes(4_096);
        ByteBuffer query = ByteBuffer.wrap("/query file-number\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 1_000 && rig.server.counters().slowReaders() == 0; i++) {
            lazy.write(query.rewind());
            rig.move(SECOND);
        }
        assertThat(rig.server.counters().slowReaders()).isOne();
        assertThat(rig.server.members()).isOne();
        assertThat(rig.loop().counters().get(LoopCounter.BYTES_OUT))
                .as("no more answers were made than somebody could take")
                .isLessThan(20_000_000);
    }

    @Test
    void anAnswerIsNotTornByWhatIsSaidMeanwhile() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket owner = rig.connect();
        StringBuilder files = new StringBuilder("/register owner 1");
        for (int i = 0; i < 900; i++) {
            files.append(" file-number-").append(i);
        }
        owner.push(files + "\n");
        owner.await("OK");
        PlainSocket talker = rig.member("talker");
        PlainSocket asker = rig.member("asker");
        asker.push("/query file\n/who\n");
        for (int i = 0; i < 30; i++) {
            talker.push("word\n");
            rig.turn(1);
        }
        String seen = asker.await("you\nEND\n");
        List<String> lines = seen.lines().toList();
        int first = lines.indexOf("127.0.0.1:1 | owner => file-number-0");
        int end = lines.indexOf("END");
        assertThat(end - first).isEqualTo(900);
        assertThat(lines.subList(first, end)).allMatch(line -> line.startsWith("127.0.0.1:1 | owner => "));
        assertThat(asker.await("talker: word")).isNotEmpty();
    }

    @Test
    void anEndlessLineIsGivenUp() throws IOException {
        start(LobbyLimits.DEFAULT);
        PlainSocket endless = rig.connect();
        ByteBuffer bytes = ByteBuffer.wrap(new byte[65_536]);
        rig.until("the end", () -> {
            try {
                endless.write(bytes.rewind());
            } catch (RuntimeException reset) {
                return true;
            }
            return endless.isEnded();
        });
        rig.until("no connection", () -> rig.server.counters().connections() == 0);
    }

    @Test
    void aConnectionAboveTheLimitIsToldSo() throws IOException {
        start(LobbyLimits.DEFAULT.withConnectionsPerAddress(2));
        rig.member("ann");
        rig.member("bob");
        PlainSocket third = rig.connect();
        third.awaitEnd();
        assertThat(third.seen()).startsWith("ERROR full: ");
    }

    @Test
    void aThousandMembersHearEachOther() throws IOException {
        start(LobbyLimits.DEFAULT);
        List<PlainSocket> members = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            members.add(rig.member("m" + i));
        }
        PlainSocket tooMany = rig.connect();
        tooMany.push("/setNick x\n");
        tooMany.await("ERROR full: ");
        members.forEach(PlainSocket::clear);
        members.get(500).push("hello\n");
        rig.turn(5);
        for (PlainSocket member : members) {
            if (member != members.get(500)) {
                assertThat(member.await("hello\n")).endsWith("m500: hello\n");
            }
        }
        for (int i = 0; i < 1_000; i += 2) {
            members.get(i).close();
        }
        rig.until("half of them to be gone", () -> rig.server.members() == 500);
        assertThat(rig.totals().owners()).isEqualTo(500);
    }

    @Test
    void oneLobbyListensOnSeveralAddresses() throws IOException {
        start(LobbyLimits.DEFAULT);
        InetSocketAddress other = rig.server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        PlainSocket ann = rig.member("ann");
        PlainSocket bob = rig.connect(other);
        bob.push("/setNick ann\n/setNick bob\nhello\n");
        assertThat(ann.await("hello")).endsWith("bob: hello\n");
        assertThat(bob.await("OK")).contains("ERROR taken");
        rig.server.close();
        ann.awaitEnd();
        assertThat(ann.seen()).endsWith("* the lobby closes\n");
        assertThat(rig.totals()).isEqualTo(new Outcome.Totals(0, 0));
    }
}
