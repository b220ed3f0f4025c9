package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.loop.LoopCounter;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.testing.LoopRig;
import p101.testing.PlainSocket;

/** Real sockets: crowds, those who are gone at once, those who never end, and those who do not read. */
class RendezvousServerTest {
    private static final String LIST = "GET /listOfclients HTTP/1.1\r\n\r\n";
    private static final String KEPT = "GET /v1/peers?limit=256 HTTP/1.1\r\n\r\n";

    private final LoopRig rig = new LoopRig();
    private final MemoryRegistry registry = Peers.registry();
    private RendezvousServer server;
    private InetSocketAddress place;

    @AfterEach
    void stop() {
        server.close();
        rig.close();
    }

    private void start(RendezvousLimits limits) throws IOException {
        server = new RendezvousServer(
                rig.loop, registry, limits, Optional.empty(), TranscriptTest.STANDING, Randomness.seeded(1));
        place = server.listen(new InetSocketAddress(Peers.address("127.0.0.1"), 0));
    }

    /** The connection is made, used and closed or reset before the server has so much as accepted it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegistrationCountsAlthoughTheClientIsGoneBeforeItWasAccepted(boolean reset) throws IOException {
        start(RendezvousLimits.DEFAULT);
        for (int i = 0; i < 50; i++) {
            PlainSocket program = rig.connectUnaccepted(place);
            program.write(bytes(info("peer" + i, 5000 + i)));
            if (reset) {
                program.reset();
            } else {
                program.close();
            }
        }
        rig.until("all registrations", () -> server.registered() == 50);
        rig.until("all connections to end", () -> server.counters().connections() == 0);
        assertThat(Peers.all(registry, rig.nowNanos())).hasSize(50);
    }

    @Test
    void anAnswerIsOneSegment() throws IOException {
        start(RendezvousLimits.DEFAULT);
        register(200);
        PlainSocket program = rig.connect(place);
        program.send(LIST);
        int once = program.received();
        assertThat(program.receive(once)).hasSize(once).contains("\"peer0\"", "\"peer199\"");
    }

    @Test
    void theListIsCutBeforeAHeaderThatNobodyReads() throws IOException {
        start(new RendezvousLimits(100, 100, 10_000, 10_000, 100, 100));
        register(6_000);
        PlainSocket program = rig.connect(place);
        program.send(LIST);
        program.awaitEnd();
        String line = program.receive(1).split("\r\n")[3];
        assertThat(line).startsWith("ids: [\"peer0\", \"peer1\"").endsWith("\"]");
        assertThat(line.length()).isBetween(PublishedForm.MAX_IDS_BYTES - 20, 65_535);
        int seen = 0;
        long next = 0;
        PlainSocket modern = rig.connect(place);
        do {
            modern.send("GET /v1/peers?limit=256&after=" + next + " HTTP/1.1\r\n\r\n");
            String answer = modern.receive(1);
            seen += answer.split("\"name\"", -1).length - 1;
            int at = answer.indexOf("\"next\":");
            next = at < 0 ? 0 : Long.parseLong(answer.substring(at + 7, answer.length() - 1));
        } while (next > 0);
        assertThat(seen).isEqualTo(6_000);
    }

    @Test
    void halfRequestsAndEndlessHeadersAreGivenUpAndHarmNobody() throws IOException {
        start(RendezvousLimits.DEFAULT);
        register(1);
        List<PlainSocket> crowd = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            PlainSocket half = rig.connect(place);
            half.send(List.of("", "GET /list", "Post /info HTTP/1.1\r\nContent-type: 90\r\n\r\n{", "\r\n\r\n")
                    .get(i % 4));
            crowd.add(half);
        }
        PlainSocket endless = rig.connect(place);
        endless.send("GET / HTTP/1.1\r\n");
        for (int second = 0; second < 16; second++) {
            rig.move(1_000_000_000L);
            assertHealthy();
            if (second < 14) {
                endless.send("X-" + second + ": y\r\n");
                crowd.forEach(half -> assertThat(half.received()).isZero());
            }
        }
        assertThat(endless.receive(1)).startsWith("HTTP/1.1 408 Request Timeout\r\n");
        crowd.forEach(PlainSocket::awaitEnd);
        rig.until("the end of all", () -> {
            rig.move(1_000_000_000L);
            return server.counters().connections() == 0;
        });
        assertThat(server.counters().slowRequests()).isEqualTo(151);
    }

    @Test
    void thousandsOfConnectionsAreServed() throws IOException {
        start(new RendezvousLimits(4_000, 4_000, 10_000, 10_000, 100, 100));
        List<PlainSocket> crowd = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            crowd.add(rig.connect(place));
        }
        for (int i = 0; i < crowd.size(); i++) {
            crowd.get(i).write(bytes(info("peer" + i, 1 + i)));
        }
        rig.until("all registrations", () -> server.registered() == crowd.size());
        crowd.forEach(PlainSocket::awaitEnd);
        assertThat(crowd.get(7).receive(1)).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aboveALimitOfConnectionsTheAnswerIs503() throws IOException {
        start(new RendezvousLimits(10, 5, 100, 100, 100, 100));
        for (int i = 0; i < 5; i++) {
            rig.connect(place);
        }
        PlainSocket sixth = rig.connectUnaccepted(place);
        sixth.awaitEnd();
        assertThat(sixth.receive(1)).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
        assertThat(server.counters().refusedConnections()).isOne();
        PlainSocket elsewhere = rig.connect(place, Peers.address("127.0.0.2"));
        elsewhere.send(LIST);
        assertThat(elsewhere.receive(1)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoDoesNotReadGetsNoMoreAndIsGivenUp() throws IOException {
        start(RendezvousLimits.DEFAULT);
        register(300);
        PlainSocket lazy = rig.connect(place);
        // Far more answers than the system's buffers on both sides take.
        ByteBuffer requests = bytes(KEPT.repeat(3_000));
        long before = -1;
        while (before != rig.loop.counters().get(LoopCounter.BYTES_OUT)) {
            before = rig.loop.counters().get(LoopCounter.BYTES_OUT);
            lazy.write(requests);
            rig.turn();
        }
        assertThat(before).isLessThan(40L << 20);
        assertHealthy();
        // The system's buffers may still grow for a while, which counts as reading.
        rig.until("giving it up", () -> {
            rig.move(RendezvousConnection.PATIENCE_NANOS);
            return server.counters().stalls() == 1;
        });
        assertHealthy();
    }

    @Test
    void aLongPipelineIsAnsweredInOrderAFewRequestsATurn() throws IOException {
        start(RendezvousLimits.DEFAULT);
        int requests = 400;
        PlainSocket program = rig.connect(place);
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            stream.append("GET /v1/peers/p").append(i).append(" HTTP/1.1\r\n\r\n");
        }
        program.write(bytes(stream.toString()));
        program.endOutput();
        long longestTurn = 0;
        while (!program.isEnded()) {
            long before = server.counters().requests();
            rig.loop.runOnce(1_000_000);
            longestTurn = Math.max(longestTurn, server.counters().requests() - before);
        }
        assertThat(program.receive(1).split("no such peer", -1)).hasSize(requests + 1);
        assertThat(longestTurn).isLessThanOrEqualTo(RendezvousConnection.REQUESTS_PER_TURN);
    }

    @Test
    void aKeptConnectionThatIsSilentIsClosedAndAnAnsweredRequestGivesItMoreTime() throws IOException {
        start(RendezvousLimits.DEFAULT);
        PlainSocket program = rig.connect(place);
        for (int i = 0; i < 4; i++) {
            rig.move(RendezvousConnection.PATIENCE_NANOS - 1);
            program.send(KEPT);
            assertThat(program.receive(1)).startsWith("HTTP/1.1 200 OK");
        }
        rig.move(RendezvousConnection.PATIENCE_NANOS);
        program.awaitEnd();
        assertThat(program.received()).isZero();
        assertThat(server.counters().slowRequests()).isZero();
    }

    private void register(int peers) {
        PlainSocket program = rig.connect(place);
        for (int i = 0; i < peers; i++) {
            program.send("Post /info HTTP/1.1\r\nConnection: keep-alive\r\nContent-Length: "
                    + body("peer" + i, 5000).length() + "\r\n\r\n" + body("peer" + i, 5000));
            assertThat(program.receive(1)).startsWith("HTTP/1.1 200 OK\r\n");
        }
        program.close();
        rig.turn();
    }

    private void assertHealthy() {
        PlainSocket healthy = rig.connect(place);
        healthy.send(LIST);
        assertThat(healthy.receive(1)).startsWith("HTTP/1.1 200 Which").contains("\"peer0\"");
        healthy.close();
        rig.turn();
    }

    private static String info(String name, int port) {
        String body = body(name, port);
        return "Post http://localhost:8031/info HTTP/1.1\r\nContent-type: " + body.length() + "\r\n\r\n" + body;
    }

    private static String body(String name, int port) {
        return "{\"" + name + "\": \"192.168.1.20\", \"port\": " + port + ", \"hostname\": \"lab\"}";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
