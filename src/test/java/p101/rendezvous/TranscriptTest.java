package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;
import p101.testing.Splitter;
import p101.testing.TranscriptText;

/** Plays the conversations of testdata/rendezvous over real sockets; only time is moved. */
class TranscriptTest {
    private final LoopRig rig = new LoopRig();
    private final MemoryRegistry registry = Peers.registry();
    private final Map<Character, PlainSocket> programs = new HashMap<>();
    private RendezvousServer server;
    private InetSocketAddress place;

    /** Always Sun, 09 Sep 2001 01:46:40 GMT. */
    static final Clock STANDING = new Clock() {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long unixMillis() {
            return 1_000_000_000_000L;
        }
    };

    static Stream<Arguments> conversations() {
        return Transcript.all().stream()
                .flatMap(
                        transcript -> Stream.of(Splitter.values()).map(splitter -> Arguments.of(transcript, splitter)));
    }

    @BeforeEach
    void start() throws IOException {
        server = new RendezvousServer(
                rig.loop, registry, RendezvousLimits.DEFAULT, Optional.empty(), STANDING, Randomness.seeded(1));
        place = server.listen(new InetSocketAddress(Peers.address("127.0.0.1"), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        rig.close();
    }

    @Test
    void thereAreConversationsOfBothForms() {
        assertThat(Transcript.all()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(TranscriptText.bytes("a\\r\\n\\t\\0\\\\\\xE9\\(3*~)é"))
                .isEqualTo(new byte[] {'a', 13, 10, 9, 0, '\\', (byte) 0xE9, '~', '~', '~', (byte) 0xC3, (byte) 0xA9});
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aProgramGetsWhatItNeeds(Transcript transcript, Splitter splitter) {
        for (Transcript.Step step : transcript.steps()) {
            play(step, splitter.split(step.bytes()));
        }
        rig.turn();
        programs.forEach((who, program) ->
                assertThat(program.received()).as("more for %s", who).isZero());
    }

    private void play(Transcript.Step step, List<byte[]> pieces) {
        switch (step.mark()) {
            case '>' -> pieces.forEach(program(step.who())::send);
            case '<' ->
                assertThat(program(step.who()).receive(step.bytes().length).replace("\r", "\\r"))
                        .isEqualTo(step.text().replace("\r", "\\r"));
            case '-' -> assertThat(program(step.who()).receive(0)).isEmpty();
            case '.' -> program(step.who()).endOutput();
            case '*' -> program(step.who()).reset();
            case '!' -> program(step.who()).awaitEnd();
            case '+' -> rig.move(Long.parseLong(step.text().trim()) * 1_000_000L);
            default -> {
                String[] words = step.text().split(" ");
                Peers.share(registry, words[0], words[1], words[2], rig.nowNanos());
            }
        }
    }

    /** Letters from N on are on another machine, as far as one machine can tell. */
    private PlainSocket program(char who) {
        String from = who < 'N' ? "127.0.0.1" : "127.0.0.2";
        return programs.computeIfAbsent(who, absent -> rig.connect(place, Peers.address(from)));
    }

    @Test
    void theDateIsRight() {
        PlainSocket program = rig.connect(place);
        program.send("GET /x HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(program.receive(1)).contains("\r\nDate: Sun, 09 Sep 2001 01:46:40 GMT\r\n");
    }
}
