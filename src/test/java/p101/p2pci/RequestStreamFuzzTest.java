package p101.p2pci;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.testing.Fuzzing;

/**
 * Whatever a program sends, in whatever pieces: the same requests come out of it, every answer is in the form of the protocol,
 * no answer holds a line that somebody else wrote, and nothing is left in the registry when the program is gone.
 */
class RequestStreamFuzzTest {
    private static final int MAX_STREAM = 40_000;
    private static final String[] METHODS = {
        "ADD RFC ",
        "LOOKUP RFC ",
        "LIST ALL",
        "LIST",
        "GET RFC ",
        "DEL PEER",
        "LEAVE",
        "EXIT",
        "QUIT",
        "STOP",
        "CONNECT ",
        "FOO "
    };
    private static final String[] VERSIONS = {" P2P-CI/1.0", " P2P-CI/1.1", "", " HTTP/1.1"};
    private static final String[] HEADERS = {"Host: h", "Host:lab 1", "Port: 6010", "PORT:0", "Title: A b", "OS: x", "x"
    };
    private static final String[] ENDS = {"\n", "\r\n", "\r", "", "~~~~", "!", " \n ", "\nEND\n", "\n\n", "\r\n\r\n"};

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, MAX_STREAM, (stream, seed) -> check(stream, seed, List.of()));
    }

    /** Requests that are nearly right, with silences between them. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        StringBuilder stream = new StringBuilder();
        List<Integer> silences = new ArrayList<>();
        while (data.remainingBytes() > 0 && stream.length() < MAX_STREAM) {
            switch (data.consumeInt(0, 4)) {
                case 0 ->
                    stream.append(data.pickValue(METHODS))
                            .append(data.consumeInt(-1, 20))
                            .append(data.pickValue(VERSIONS));
                case 1 -> stream.append(data.pickValue(HEADERS));
                case 2 -> stream.append(data.pickValue(ENDS));
                case 3 -> silences.add(stream.toString().getBytes(StandardCharsets.UTF_8).length);
                default -> stream.append(data.consumeString(30));
            }
        }
        check(stream.toString().getBytes(StandardCharsets.UTF_8), seed, silences);
    }

    private static void check(byte[] stream, long seed, List<Integer> silences) {
        Run smooth = new Run();
        smooth.play(stream, new SplittableRandom(0), MAX_STREAM, silences);
        Run rough = new Run();
        rough.play(stream, new SplittableRandom(seed), 9, silences);
        require(smooth.requests.equals(rough.requests), "the pieces changed the requests");
        require(smooth.answers.toString().equals(rough.answers.toString()), "the pieces changed the answers");
        smooth.checkAnswers();
        smooth.checkNothingIsLeft();
    }

    /** One connection to an index of its own. */
    private static final class Run {
        private final MemoryRegistry registry = Shares.registry();
        private final Door door = new Door(registry, DoorLimits.DEFAULT, Optional.empty(), Randomness.seeded(5));
        private final Visit visit = door.enter(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress());
        private final RequestParser parser = new RequestParser();
        final List<Request> requests = new ArrayList<>();
        final StringBuilder answers = new StringBuilder();
        private long nowNanos;

        void play(byte[] stream, SplittableRandom random, int most, List<Integer> silences) {
            int at = 0;
            for (int silence : silences) {
                at = feed(stream, at, silence, random, most);
                nowNanos += RequestParser.PATIENCE_NANOS;
                drainTime();
            }
            feed(stream, at, stream.length, random, most);
            for (Request request = parser.onEndOfInput(); request != null; request = parser.onEndOfInput()) {
                serve(request);
            }
            require(!parser.isPending(), "something is pending after the end");
            visit.leave(nowNanos);
        }

        private int feed(byte[] stream, int from, int to, SplittableRandom random, int most) {
            int at = from;
            while (at < to) {
                int count = Math.min(to - at, 1 + random.nextInt(most));
                ByteBuffer in = ByteBuffer.wrap(stream, at, count);
                for (Request request = parser.next(in, nowNanos);
                        request != null;
                        request = parser.next(in, nowNanos)) {
                    serve(request);
                }
                require(!in.hasRemaining(), "bytes were left");
                at += count;
            }
            return at;
        }

        private void drainTime() {
            for (Request request = parser.onTime(nowNanos); request != null; request = parser.onTime(nowNanos)) {
                serve(request);
            }
        }

        private void serve(Request request) {
            requests.add(request);
            visit.handle(request, nowNanos, reply -> Replies.collect(reply, nowNanos, answers));
        }

        /** Every line is a status line, a row, END or empty, whatever titles and hosts were sent. */
        void checkAnswers() {
            for (String line : answers.toString().split("\\R")) {
                boolean known = line.isEmpty()
                        || line.equals(Wording.END)
                        || Row.parse(line).isPresent();
                for (Status status : Status.values()) {
                    known |= line.equals(status.line());
                }
                require(known, "an answer holds the line " + line);
            }
        }

        void checkNothingIsLeft() {
            registry.apply(
                    new Command.Count(),
                    nowNanos,
                    outcome -> require(((Outcome.Totals) outcome).rows() == 0, "rows are left"));
            require(door.visits() == 0, "the visit is left");
        }
    }
}
