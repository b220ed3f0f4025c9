package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.testing.Splitter;
import p101.testing.TranscriptText;

/** Plays the transcripts against the rules alone: no socket, and time is moved. */
class IndexTranscriptTest {
    private final MemoryRegistry registry = Shares.registry();
    private final Door door = new Door(registry, DoorLimits.DEFAULT, Optional.empty(), Randomness.seeded(1));
    private final Map<Character, Program> programs = new HashMap<>();
    private long nowNanos = -5_000_000_000L;
    private int tx = 1_000_000_000;

    static Stream<Arguments> conversations() {
        return Transcript.all("index").stream()
                .flatMap(
                        transcript -> Stream.of(Splitter.values()).map(splitter -> Arguments.of(transcript, splitter)));
    }

    @Test
    void thereAreTranscriptsOfAllDialects() {
        assertThat(Transcript.all("index")).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aProgramGetsWhatItNeeds(Transcript transcript, Splitter splitter) {
        for (Transcript.Step step : transcript.steps()) {
            play(step, splitter);
        }
        for (Map.Entry<Character, Program> entry : programs.entrySet()) {
            assertThat(entry.getValue().received())
                    .as("more for %s", entry.getKey())
                    .isEmpty();
            entry.getValue().visit.leave(nowNanos);
        }
        assertThat(door.visits()).isZero();
    }

    private void play(Transcript.Step step, Splitter splitter) {
        if (step instanceof Transcript.Step.Send send) {
            splitter.split(send.bytes()).forEach(program(send.who())::onBytes);
        } else if (step instanceof Transcript.Step.Expect expect) {
            assertThat(program(expect.who()).received()).isEqualTo(new String(expect.bytes(), StandardCharsets.UTF_8));
        } else if (step instanceof Transcript.Step.Close close) {
            program(close.who()).onEndOfInput();
        } else if (step instanceof Transcript.Step.ExpectClosed closed) {
            assertThat(program(closed.who()).closed).isTrue();
        } else if (step instanceof Transcript.Step.Pause pause) {
            nowNanos += pause.nanos();
            programs.values().forEach(Program::onTime);
        } else if (step instanceof Transcript.Step.Share share) {
            Shares.share(registry, share.place(), share.file(), 0, ++tx, nowNanos);
        }
    }

    private Program program(char who) {
        return programs.computeIfAbsent(who, absent -> new Program());
    }

    /** One connection. */
    private final class Program {
        private final RequestParser parser = new RequestParser();
        private final Visit visit = door.enter(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean closed;

        void onBytes(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            serve(parser.next(in, nowNanos), () -> parser.next(in, nowNanos));
        }

        void onTime() {
            serve(parser.onTime(nowNanos), () -> parser.onTime(nowNanos));
        }

        void onEndOfInput() {
            serve(parser.onEndOfInput(), parser::onEndOfInput);
            visit.leave(nowNanos);
            closed = true;
        }

        private void serve(Request first, java.util.function.Supplier<Request> more) {
            for (Request request = first; request != null && !closed; request = more.get()) {
                visit.handle(request, nowNanos, this::onReply);
            }
        }

        private void onReply(Reply reply) {
            if (reply instanceof Reply.Whole whole) {
                take(whole.bytes());
            } else if (reply instanceof Reply.Streamed streamed) {
                streamed.rows().next(nowNanos, part -> onPart(streamed.rows(), part));
            } else if (reply instanceof Reply.HangUp) {
                closed = true;
            }
        }

        private void onPart(RowStream rows, RowStream.Part part) {
            take(part.bytes());
            if (!part.last()) {
                rows.next(nowNanos, next -> onPart(rows, next));
            }
        }

        private void take(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            received.writeBytes(copy);
        }

        String received() {
            String text = received.toString(StandardCharsets.UTF_8);
            received.reset();
            return text;
        }
    }

    @Test
    void aTranscriptSaysWhatItsBytesAre() {
        assertThat(TranscriptText.bytes("a\\r\\n\\t\\0\\\\\\xE9\\(3*~)é"))
                .isEqualTo(new byte[] {'a', 13, 10, 9, 0, '\\', (byte) 0xE9, '~', '~', '~', (byte) 0xC3, (byte) 0xA9});
        assertThat(List.of(Splitter.values()))
                .allSatisfy(splitter -> assertThat(splitter.split(new byte[100]).stream()
                                .mapToInt(piece -> piece.length)
                                .sum())
                        .isEqualTo(100));
    }
}
