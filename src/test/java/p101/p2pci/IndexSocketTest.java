package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import p101.loop.LoopCounter;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;
import p101.testing.Splitter;

/** Plays the transcripts over real sockets; only time is moved. */
class IndexSocketTest {
    private final LoopRig rig = new LoopRig();
    private final MemoryRegistry registry = Shares.registry();
    private final Map<Character, PlainSocket> programs = new HashMap<>();
    private P2pciServer server;
    private InetSocketAddress address;
    private int tx = 1_000_000_000;

    static Stream<Arguments> conversations() {
        return Transcript.all("index").stream()
                .flatMap(
                        transcript -> Stream.of(Splitter.values()).map(splitter -> Arguments.of(transcript, splitter)));
    }

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new P2pciServer(rig.loop, registry, DoorLimits.DEFAULT, Optional.empty(), Randomness.seeded(1));
        address = server.listen(anyPort);
    }

    @AfterEach
    void stop() {
        server.close();
        rig.close();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aProgramGetsWhatItNeeds(Transcript transcript, Splitter splitter) {
        for (Transcript.Step step : transcript.steps()) {
            play(step, splitter);
        }
        rig.turn();
        programs.forEach((who, program) ->
                assertThat(program.received()).as("more for %s", who).isZero());
    }

    private void play(Transcript.Step step, Splitter splitter) {
        if (step instanceof Transcript.Step.Send send) {
            splitter.split(send.bytes()).forEach(program(send.who())::send);
        } else if (step instanceof Transcript.Step.Expect expect) {
            assertThat(program(expect.who()).receive(expect.bytes().length))
                    .isEqualTo(new String(expect.bytes(), StandardCharsets.UTF_8));
        } else if (step instanceof Transcript.Step.Close close) {
            long before = rig.loop.counters().get(LoopCounter.CLOSED);
            program(close.who()).endOutput();
            rig.until("the departure", () -> rig.loop.counters().get(LoopCounter.CLOSED) > before);
        } else if (step instanceof Transcript.Step.ExpectClosed closed) {
            program(closed.who()).awaitEnd();
        } else if (step instanceof Transcript.Step.Pause pause) {
            rig.move(pause.nanos());
        } else if (step instanceof Transcript.Step.Share share) {
            Shares.share(registry, share.place(), share.file(), 0, ++tx, rig.nowNanos());
        }
    }

    private PlainSocket program(char who) {
        return programs.computeIfAbsent(who, absent -> rig.connect(address));
    }
}
