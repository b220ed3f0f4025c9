package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import p101.content.ContentLimits;
import p101.content.ContentServer;
import p101.library.Catalog;
import p101.library.ServedFile;
import p101.loop.LoopCounter;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Root;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;
import p101.testing.Splitter;

/** The peer's side of GET, on the port of a content server, over real sockets; only time is moved. */
class UploadTest {
    private static final long UNIX_MILLIS = 1_795_230_245_000L;

    private final LoopRig rig = new LoopRig();
    private final List<TextFile> files = new ArrayList<>();
    private final Map<Character, PlainSocket> programs = new HashMap<>();
    private final TextFile rfc5 = TextFile.of("rfc5.txt", "one\ntwo\n");
    private ContentServer server;

    static Stream<Arguments> conversations() {
        return Transcript.all("get").stream()
                .flatMap(
                        transcript -> Stream.of(Splitter.values()).map(splitter -> Arguments.of(transcript, splitter)));
    }

    @BeforeEach
    void start() throws IOException {
        files.add(rfc5);
        Catalog catalog = new OneList();
        server = new ContentServer(rig.loop, catalog, ContentLimits.DEFAULT);
        server.register(Uploads.FIRST_BYTE, new Uploads(rig.loop, catalog, new FixedClock()));
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        server.close();
        rig.close();
        assertThat(files).allSatisfy(file -> assertThat(file.open).isZero());
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aDownloaderGetsWhatItNeeds(Transcript transcript, Splitter splitter) {
        for (Transcript.Step step : transcript.steps()) {
            if (step instanceof Transcript.Step.Send send) {
                splitter.split(send.bytes()).forEach(program(send.who())::send);
            } else if (step instanceof Transcript.Step.Expect expect) {
                String expected = new String(expect.bytes(), StandardCharsets.UTF_8)
                        .replace("OS: Linux", "OS: " + UploadHead.SYSTEM);
                assertThat(program(expect.who()).receive(expected.length())).isEqualTo(expected);
            } else if (step instanceof Transcript.Step.Close close) {
                program(close.who()).endOutput();
            } else if (step instanceof Transcript.Step.ExpectClosed closed) {
                program(closed.who()).awaitEnd();
            } else if (step instanceof Transcript.Step.Pause pause) {
                rig.move(pause.nanos());
            }
        }
    }

    @Test
    void aBigFileComesWholeAndThePauseStopsNobody() {
        byte[] big = new byte[3_000_000];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) ('a' + i % 23);
        }
        files.add(new TextFile("rfc7.txt", big));
        PlainSocket waiting = program('A');
        waiting.send("GET RFC 5 P2P-CI/1.0\n\n");
        PlainSocket program = program('B');
        program.send("GET RFC 7 P2P-CI/1.0\n\n");
        int head = program.receive(1).length();
        assertThat(head).isPositive();
        rig.move(UploadConnection.PAUSE_NANOS);
        program.awaitEnd();
        assertThat(program.receive(big.length).getBytes(StandardCharsets.UTF_8)).isEqualTo(big);
        rig.move(UploadConnection.PAUSE_NANOS);
        assertThat(waiting.receive(9)).endsWith("\n\none\ntwo\n");
    }

    @Test
    void aPartialFileIsNotOffered() {
        rfc5.partial = true;
        PlainSocket program = program('A');
        program.send("GET RFC 5 P2P-CI/1.0\n\n");
        program.awaitEnd();
        assertThat(program.receive(1)).isEqualTo("P2P-CI/1.0 404 Not Found\n");
    }

    @Test
    void aFileThatChangesIsBrokenOff() {
        rfc5.failsFrom = 0;
        PlainSocket program = program('A');
        program.send("GET RFC 5 P2P-CI/1.0\n\n");
        rig.move(UploadConnection.PAUSE_NANOS);
        program.awaitEnd();
        assertThat(program.receive(1)).endsWith("Content-Type: text/plain\n\n");
    }

    @Test
    void whoTakesNothingIsGivenUp() {
        files.add(new TextFile("rfc7.txt", new byte[50_000_000]));
        PlainSocket program = program('A');
        program.send("GET RFC 7 P2P-CI/1.0\n\n");
        rig.move(UploadConnection.PAUSE_NANOS);
        long sent = -1;
        while (sent != rig.loop.counters().get(LoopCounter.BYTES_OUT)) {
            sent = rig.loop.counters().get(LoopCounter.BYTES_OUT);
            rig.turn();
        }
        long closed = rig.loop.counters().get(LoopCounter.CLOSED);
        rig.move(UploadConnection.STALL_NANOS);
        rig.move(UploadConnection.STALL_NANOS);
        assertThat(rig.loop.counters().get(LoopCounter.CLOSED)).isEqualTo(closed + 1);
    }

    @Test
    void anEndlessRequestIsGivenUp() {
        PlainSocket program = program('A');
        program.send("G");
        rig.until("the end", () -> {
            try {
                program.write(java.nio.ByteBuffer.wrap(new byte[65_536]));
            } catch (RuntimeException resetByServer) {
                return true;
            }
            return program.isEnded();
        });
    }

    private PlainSocket program(char who) {
        return programs.computeIfAbsent(who, absent -> rig.connect(server.localAddress()));
    }

    private final class OneList implements Catalog {
        @Override
        public Optional<ServedFile> byRoot(Root root) {
            return Optional.empty();
        }

        @Override
        public Optional<ServedFile> byHint(ContentId id) {
            return Optional.empty();
        }

        @Override
        public Optional<ServedFile> byLabel(FileName label) {
            return files.stream()
                    .filter(file -> file.label().equals(label))
                    .map(ServedFile.class::cast)
                    .findFirst();
        }
    }

    private static final class FixedClock implements Clock {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long unixMillis() {
            return UNIX_MILLIS;
        }
    }
}
