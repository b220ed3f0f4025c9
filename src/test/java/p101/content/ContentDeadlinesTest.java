package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import p101.pdu.ErrorCode;
import p101.pdu.PduCodec;

/** Silent, slow and too many clients; the clock is moved by hand. */
@Timeout(60)
class ContentDeadlinesTest {
    private static final ContentLimits LIMITS = ContentLimits.DEFAULT.withConnections(60, 50);

    private final ContentRig rig = new ContentRig(LIMITS);
    private final MemoryFile file = rig.catalog.add(MemoryFile.complete("file", 12_000_000));

    @BeforeEach
    void start() throws IOException {
        rig.started();
    }

    @AfterEach
    void close() throws IOException {
        rig.harness.expectNoFailures();
        rig.close();
    }

    @Test
    void aConnectionThatNeverSpeaksIsClosed() throws IOException {
        TestDownloader silent = rig.downloader();
        awaitOpen(1);
        rig.harness.advance(LIMITS.idleNanos() - 1);
        assertThat(rig.counters().connectionsOpen()).isEqualTo(1);
        rig.harness.advance(1);

        assertThat(rig.counters().connectionsOpen()).isZero();
        assertThat(rig.counters().closedIdle()).isEqualTo(1);
        silent.awaitEnd();
    }

    @Test
    void aConnectionThatFallsSilentIsClosedAfterItsLastRequest() throws IOException {
        TestDownloader downloader = rig.downloader();
        awaitOpen(1);
        rig.harness.advance(LIMITS.idleNanos() / 2);
        downloader.ask(TestDownloader.content(file, 0, 1));
        downloader.reply();
        rig.harness.advance(LIMITS.idleNanos() - 1);
        assertThat(rig.counters().connectionsOpen()).isEqualTo(1);
        rig.harness.advance(1);
        assertThat(rig.counters().closedIdle()).isEqualTo(1);
    }

    @Test
    void aRequestThatTricklesInTooSlowlyIsCutOff() throws IOException {
        TestDownloader slow = rig.downloader();
        ByteBuffer request = ByteBuffer.allocate(101);
        PduCodec.encode(TestDownloader.content(file, 0, 1), request);
        long step = LIMITS.requestNanos() / 100;
        for (int i = 0; i < 100; i++) {
            send(slow, request.array()[i]);
            rig.harness.advance(step);
            rig.harness.turn(1);
        }
        rig.harness.advance(step);
        slow.awaitEnd();
        assertThat(rig.counters().closedSlow()).isEqualTo(1);
        assertThat(rig.counters().requests()).isZero();
    }

    @Test
    void eachRequestHasItsOwnTime() throws IOException {
        TestDownloader downloader = rig.downloader();
        for (int i = 0; i < 4; i++) {
            ByteBuffer request = ByteBuffer.allocate(101);
            PduCodec.encode(TestDownloader.content(file, i, 1), request);
            downloader.sendRaw(request.flip().limit(50));
            rig.harness.turn(2);
            rig.harness.advance(LIMITS.requestNanos() - 1);
            downloader.sendRaw(request.limit(101));
            assertThat(downloader.reply().bytes()).containsExactly(file.bytes()[i]);
        }
        assertThat(rig.counters().closedSlow()).isZero();
    }

    @Test
    void aReaderThatTakesNothingIsClosed() throws IOException {
        TestDownloader stuck = rig.downloader(4_096);
        stuck.ask(TestDownloader.content(file));
        awaitFullSockets();
        rig.harness.advance(Pace.PRIMING_NANOS);
        rig.harness.advance(LIMITS.drainNanos() - 1);
        assertThat(rig.counters().connectionsOpen()).isEqualTo(1);
        rig.harness.advance(1);

        assertThat(rig.counters().closedSlow()).isEqualTo(1);
        assertThat(rig.counters().connectionsOpen()).isZero();
    }

    @Test
    void littleIsKeptInTheSocketsOfThisMachine() throws IOException {
        TestDownloader stuck = rig.downloader(4_096);
        stuck.ask(TestDownloader.content(file));
        awaitFullSockets();

        assertThat(rig.counters().bytesSent()).isBetween(200_000L, 1_200_000L);
    }

    /** Takes too little for the socket to be called writable, yet more than it must. */
    @Test
    void aReaderThatIsOnlySlowIsServed() throws IOException {
        TestDownloader slow = rig.downloader(4_096);
        slow.ask(TestDownloader.content(file));
        awaitFullSockets();
        rig.harness.advance(Pace.PRIMING_NANOS);
        ByteBuffer some = ByteBuffer.allocate(300_000);
        for (int i = 0; i < 6; i++) {
            some.clear();
            rig.harness.turnUntil(() -> {
                try {
                    return slow.channel.read(some) < 0 || !some.hasRemaining();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            rig.harness.advance(LIMITS.drainNanos());
            assertThat(rig.counters().closedSlow()).as("round %d", i).isZero();
        }
        assertThat(rig.counters().connectionsOpen()).isEqualTo(1);
    }

    @Test
    void connectionsAboveTheLimitAreToldToComeBack() throws IOException {
        List<TestDownloader> downloaders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            downloaders.add(rig.downloader());
        }
        awaitOpen(50);
        TestDownloader refused = rig.downloader();
        assertThat(refused.reply().failure().code()).isEqualTo(ErrorCode.BUSY);
        refused.awaitEnd();
        assertThat(rig.counters().connectionsRefused()).isEqualTo(1);

        downloaders.get(0).close();
        awaitOpen(49);
        TestDownloader admitted = rig.downloader();
        admitted.ask(TestDownloader.content(file, 5, 1));
        assertThat(admitted.reply().bytes()).containsExactly(file.bytes()[5]);
    }

    @Test
    void theLongestIdleConnectionMakesRoomForANewcomer() throws IOException {
        List<TestDownloader> downloaders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            downloaders.add(rig.downloader());
        }
        awaitOpen(50);
        downloaders.get(0).ask(TestDownloader.content(file));
        awaitFullSockets();
        rig.harness.advance(1_000_000_000L);
        downloaders.get(1).ask(TestDownloader.content(file, 0, 1));
        downloaders.get(1).reply();
        rig.harness.advance(IdleConnections.MIN_IDLE_NANOS - 1_000_000_000L);
        // Idle for 5 s: all but the first, which waits for bytes, and the second, which has just asked.
        for (int i = 0; i < 48; i++) {
            TestDownloader newcomer = rig.downloader();
            newcomer.ask(TestDownloader.content(file, i, 1));
            assertThat(newcomer.reply().bytes()).containsExactly(file.bytes()[i]);
            downloaders.get(2 + i).awaitEnd();
        }
        assertThat(rig.counters().connectionsOpen()).isEqualTo(50);
        assertThat(rig.counters().connectionsRefused()).isZero();
        assertThat(rig.downloader().reply().failure().code()).isEqualTo(ErrorCode.BUSY);
        downloaders.get(1).ask(TestDownloader.content(file, 0, 1));
        assertThat(downloaders.get(1).reply().bytes()).hasSize(1);
        assertThat(Arrays.equals(downloaders.get(0).reply().bytes(), file.bytes()))
                .isTrue();
    }

    @Test
    void anAddressThatHasItsShareMakesRoomAmongItsOwnAlone() throws IOException {
        InetAddress one = InetAddress.getByName("127.0.0.2");
        InetAddress other = InetAddress.getByName("127.0.0.3");
        List<Given> all = List.of(new Given(other, 9), new Given(one, 6), new Given(one, 7), new Given(one, 4));
        IdleConnections idle = new IdleConnections();
        long now = 0;
        assertThat(idle.makeRoom(all, one, true, now)).isTrue();
        assertThat(idle.makeRoom(all, one, true, now)).isTrue();
        assertThat(idle.makeRoom(all, one, true, now)).as("not idle for long").isFalse();
        assertThat(all).extracting(given -> given.givenUp).containsExactly(false, true, true, false);
        assertThat(idle.makeRoom(all, one, false, now)).isTrue();
        assertThat(all.get(0).givenUp).isTrue();
        all.get(3).idleSeconds = 6;
        assertThat(idle.makeRoom(all, one, true, now + IdleConnections.LOOK_NANOS - 1))
                .as("a flood costs little")
                .isFalse();
        assertThat(idle.makeRoom(all, one, true, now + IdleConnections.LOOK_NANOS))
                .isTrue();
    }

    /** A connection that is idle for a given time. */
    private static final class Given implements IdleConnections.Candidate {
        private final InetAddress address;
        private long idleSeconds;
        private boolean givenUp;

        Given(InetAddress address, long idleSeconds) {
            this.address = address;
            this.idleSeconds = idleSeconds;
        }

        @Override
        public InetAddress address() {
            return address;
        }

        @Override
        public long idleNanos(long nowNanos) {
            return givenUp ? -1 : idleSeconds * 1_000_000_000L;
        }

        @Override
        public void giveUp() {
            givenUp = true;
        }
    }

    /** Fewer than the ten thousand of the benchmark, so that it runs under any limit of descriptors. */
    @Test
    void idleConnectionsDoNotHinderADownload() throws IOException {
        try (ContentRig many = new ContentRig(ContentLimits.DEFAULT.withConnections(400, 400)).started()) {
            many.catalog.add(file);
            for (int i = 0; i < 300; i++) {
                many.downloader();
            }
            TestDownloader healthy = many.downloader();
            healthy.ask(TestDownloader.content(file));
            assertThat(Arrays.equals(healthy.reply().bytes(), file.bytes())).isTrue();
            assertThat(many.counters().connectionsOpen()).isEqualTo(301);
            many.harness.advance(LIMITS.idleNanos());
            assertThat(many.counters().connectionsOpen()).isZero();
            assertThat(many.counters().closedIdle()).isEqualTo(301);
        }
    }

    private void awaitOpen(long count) {
        rig.harness.turnUntil(() -> rig.counters().connectionsOpen() == count);
    }

    private void awaitFullSockets() {
        long[] before = {-1};
        rig.harness.turnUntil(() -> {
            long earlier = before[0];
            before[0] = rig.counters().bytesSent();
            return before[0] > 0 && before[0] == earlier;
        });
    }

    private static void send(TestDownloader downloader, byte one) throws IOException {
        try {
            downloader.channel.write(ByteBuffer.wrap(new byte[] {one}));
        } catch (IOException closedMeanwhile) {
            assertThat(closedMeanwhile).hasMessageMatching(".*(reset|pipe).*");
        }
    }
}
