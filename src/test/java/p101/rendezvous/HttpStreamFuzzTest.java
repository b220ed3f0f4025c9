package p101.rendezvous;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.testing.Fuzzing;

/**
 * Whatever a program sends, in whatever pieces: the same requests come out of it, every answer is one whole message in ASCII with the
 * headers that it should have and no other, and what is registered has a name that may be shown.
 */
class HttpStreamFuzzTest {
    private static final int MAX_STREAM = 40_000;
    private static final String[] METHODS = {"Post ", "POST ", "GET ", "DELETE ", "HEAD ", "Get ", "PUT ", ""};
    private static final String[] TARGETS = {
        "http://localhost:8031/info", "/info", "/listOfclients", "/choseClient", "/v1/peers", "/v1/peers/ann", "/", "*"
    };
    private static final String[] VERSIONS = {" HTTP/1.1", " HTTP/1.0", " HTTP/2.0", "", "  HTTP/1.1"};
    private static final String[] HEADERS = {
        "Content-type: ", "Content-Length: ", "Content-Type: application/json", "Connection: keep-alive", "Host: h",
        "Expect: 100-continue", "Transfer-Encoding: chunked", "Origin: x", " folded", "A: b"
    };
    private static final String[] ENDS = {"\r\n", "\n", "\r\n\r\n", "\n\n", "\r", ""};
    private static final String[] BODIES = {
        "{\"ann\": \"1.2.3.4\", \"port\": 5000, \"hostname\": \"h\"}",
        "{\"name\": \"ann\", \"port\": 5000}",
        "{\"id\": \"ann\"}",
        "{\"a\\r\\nids: x\": \"1.2.3.4\", \"port\": 1}",
        "{"
    };

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, MAX_STREAM, HttpStreamFuzzTest::check);
    }

    /** Requests that are nearly right. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        StringBuilder stream = new StringBuilder();
        while (data.remainingBytes() > 0 && stream.length() < MAX_STREAM) {
            switch (data.consumeInt(0, 6)) {
                case 0 ->
                    stream.append(data.pickValue(METHODS))
                            .append(data.pickValue(TARGETS))
                            .append(data.pickValue(VERSIONS))
                            .append(data.pickValue(ENDS));
                case 1 -> stream.append(data.pickValue(HEADERS)).append(data.pickValue(ENDS));
                case 2 -> stream.append(data.pickValue(HEADERS)).append(data.consumeInt(-1, 70));
                case 3 -> stream.append(data.pickValue(ENDS));
                case 4 -> stream.append(data.pickValue(BODIES));
                case 5 -> appendWhole(stream, data);
                default -> stream.append(data.consumeString(30));
            }
        }
        check(stream.toString().getBytes(StandardCharsets.UTF_8), seed);
    }

    private static void appendWhole(StringBuilder stream, FuzzedDataProvider data) {
        String body = data.pickValue(BODIES);
        stream.append(data.pickValue(METHODS))
                .append(data.pickValue(TARGETS))
                .append(" HTTP/1.1\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
    }

    private static void check(byte[] stream, long seed) {
        Run smooth = new Run();
        smooth.play(stream, new SplittableRandom(0), MAX_STREAM);
        Run rough = new Run();
        rough.play(stream, new SplittableRandom(seed), 9);
        require(smooth.answers.equals(rough.answers), "the pieces changed the answers");
        smooth.answers.forEach(HttpStreamFuzzTest::checkAnswer);
        Peers.all(smooth.registry, 0)
                .forEach(peer -> require(
                        GivenName.of(PeerView.name(peer)).isPresent(), "a name that may not be shown is registered"));
    }

    private static void checkAnswer(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String[] lines = answer.substring(0, end).split("\r\n", -1);
        require(lines[0].matches("HTTP/1\\.1 [1-5][0-9]{2} [ -~]+"), "no status line: " + lines[0]);
        require(lines[1].equals("Server: p101") && lines[2].startsWith("Date: "), "other headers at the beginning");
        for (String line : lines) {
            require(line.chars().allMatch(c -> c >= ' ' && c < 0x7F), "a header is not ASCII");
        }
        boolean json = lines[3].equals("Content-Type: application/json");
        String length = lines[json || lines.length == 6 ? 4 : 3];
        require(lines.length == (json ? lines.length : length.equals(lines[3]) ? 5 : 6), "a header too many");
        require(length.startsWith("Content-Length: "), "no length in " + answer);
        int body = answer.length() - end - 4;
        require(body == 0 || body == Integer.parseInt(length.substring(16)), "a wrong length");
        if (!json && lines.length == 6) {
            String value = lines[3].replaceFirst("^(ids|infoClient): ", "");
            try {
                require(JsonReader.read(value) instanceof Json.Items, "no list in " + lines[3]);
            } catch (JsonException e) {
                throw new AssertionError(lines[3], e);
            }
        }
    }

    /** One connection to an index of its own. */
    private static final class Run {
        private static final Asker ASKER =
                new Asker(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress());

        private final MemoryRegistry registry = Peers.registry();
        private final PeerDirectory directory =
                new PeerDirectory(registry, RendezvousLimits.DEFAULT, Randomness.seeded(5));
        private final Desk desk = new Desk(directory, () -> 1_000_000_000_000L);
        private final HttpReader reader = new HttpReader();
        final List<String> answers = new ArrayList<>();
        private boolean closed;

        void play(byte[] stream, SplittableRandom random, int most) {
            int at = 0;
            while (at < stream.length && !closed) {
                int count = Math.min(stream.length - at, 1 + random.nextInt(most));
                feed(ByteBuffer.wrap(stream, at, count));
                at += count;
            }
            if (!closed) {
                serve(reader.onEndOfInput());
            }
        }

        private void feed(ByteBuffer in) {
            for (HttpEvent event = reader.next(in); event != null && !closed; event = reader.next(in)) {
                serve(event);
            }
            require(closed || !in.hasRemaining(), "bytes were left");
        }

        private void serve(HttpEvent event) {
            if (event instanceof HttpEvent.Complete complete) {
                desk.answer(complete.request(), ASKER, 0, this::take);
            } else if (event instanceof HttpEvent.Refused refused) {
                take(desk.refuse(refused.status()));
            }
        }

        private void take(HttpAnswer answer) {
            answers.add(StandardCharsets.ISO_8859_1.decode(answer.bytes()).toString());
            closed = !answer.keepOpen();
        }
    }
}
