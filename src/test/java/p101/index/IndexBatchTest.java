package p101.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Pdu;
import p101.pdu.PduLayout;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Registry;
import p101.registry.RegistryLimits;

/** Datagrams that an index takes together: those that come while it is busy with an earlier one. Over real loopback sockets. */
class IndexBatchTest {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int ROWS = 128;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final String FIRST = "first";
    private static final String MISTAKE = "mistake";

    /** No wait takes any time by it, so that whatever comes counts as a backlog. */
    private static final Clock STANDING = new Clock() {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long unixMillis() {
            return 1_000_000;
        }
    };

    private final BusyRegistry registry = new BusyRegistry();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private IndexServer server;
    private DatagramSocket alice;
    private DatagramSocket bob;

    /** Waits in the search for {@link #FIRST} until it is released, and fails in the one for {@link #MISTAKE}. */
    private static final class BusyRegistry implements Registry {
        final MemoryRegistry rows = new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1, Randomness.seeded(1));
        final CountDownLatch busy = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final List<Integer> prefetched = new CopyOnWriteArrayList<>();

        @Override
        public void apply(Command command, long nowNanos, Consumer<? super Outcome> outcome) {
            if (command instanceof Command.Search search) {
                if (search.file().value().equals(FIRST)) {
                    busy.countDown();
                    await(released);
                } else if (search.file().value().equals(MISTAKE)) {
                    throw new IllegalStateException(MISTAKE);
                }
            }
            rows.apply(command, nowNanos, outcome);
        }

        @Override
        public void prefetch(List<FileName> files) {
            prefetched.add(files.size());
            rows.prefetch(files);
        }

        @Override
        public byte[] cookieSecret() {
            return rows.cookieSecret();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() throws IOException {
        IndexConfig config = IndexConfig.DEFAULT.withPort(0).withBind(List.of(loopback));
        server = IndexServer.start(config, registry, STANDING, errors::add);
        alice = socket();
        bob = socket();
        OwnerId owner = OwnerId.leased(7, new Endpoint(loopback, 6010));
        for (int i = 0; i < ROWS; i++) {
            registry.apply(
                    new Command.Register(
                            owner, i + 1, PeerName.of("carol"), file(i), new ContentId(i + 1), 1, 0, Extras.NONE),
                    STANDING.nowNanos(),
                    outcome -> {});
        }
    }

    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, loopback);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        return socket;
    }

    private static FileName file(int i) {
        return FileName.of("file-" + i);
    }

    @AfterEach
    void close() {
        registry.released.countDown();
        alice.close();
        bob.close();
        server.close();
    }

    private void send(DatagramSocket from, byte[] bytes) throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, loopback, server.port()));
    }

    private void send(DatagramSocket from, Pdu request) throws IOException {
        ByteBuffer bytes = IndexFixture.bytes(request);
        byte[] datagram = new byte[bytes.remaining()];
        bytes.get(datagram);
        send(from, datagram);
    }

    private static Pdu receive(DatagramSocket at) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[200], 200);
        at.receive(packet);
        return IndexFixture.decode(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
    }

    /** From here on until it is released the index only receives. */
    private void makeBusy() throws IOException {
        send(alice, IndexFixture.search(0, FIRST));
        await(registry.busy);
    }

    @Test
    void eachSenderGetsItsAnswersInOrder() throws IOException {
        makeBusy();
        for (int tx = 1; tx <= 100; tx++) {
            send(tx % 3 == 0 ? bob : alice, IndexFixture.search(tx, "file-" + tx));
        }
        registry.released.countDown();
        assertThat(receive(alice)).isInstanceOf(Pdu.Refused.class);
        for (int tx = 1; tx <= 100; tx++) {
            Pdu.Found found = (Pdu.Found) receive(tx % 3 == 0 ? bob : alice);
            assertThat(found.tx()).isEqualTo(tx);
            assertThat(found.content().bits()).isEqualTo(tx + 1);
        }
        assertThat(registry.prefetched).anyMatch(names -> names > 1);
        assertThat(errors).isEmpty();
    }

    @Test
    void malformedOnesAndAMistakeOfTheProgramCostTheOthersNothing() throws IOException {
        makeBusy();
        send(alice, new byte[50]);
        send(alice, IndexFixture.search(1, "file-1"));
        send(bob, IndexFixture.search(2, MISTAKE));
        byte[] bent = Arrays.copyOf(
                IndexFixture.bytes(IndexFixture.search(3, "file-3")).array(), PduLayout.PDU_BYTES);
        bent[PduLayout.PDU_BYTES - 1] = 1;
        send(bob, bent);
        send(bob, IndexFixture.search(4, "file-4"));
        registry.released.countDown();
        receive(alice);
        assertThat(receive(alice))
                .isInstanceOf(Pdu.Found.class)
                .extracting("tx")
                .isEqualTo(1);
        assertThat(receive(bob))
                .isInstanceOf(Pdu.Refused.class)
                .extracting("tx")
                .isEqualTo(3);
        assertThat(receive(bob)).isInstanceOf(Pdu.Found.class).extracting("tx").isEqualTo(4);
        assertThat(errors).singleElement().extracting(Throwable::getMessage).isEqualTo(MISTAKE);
        IndexSnapshot counters = server.counters();
        assertThat(counters.failures()).isEqualTo(1);
        assertThat(counters.dropped()).containsEntry(DropReason.LENGTH, 1L);
    }

    @Test
    void longListsBetweenOtherAnswersComeWhole() throws IOException {
        send(bob, IndexFixture.list(1, 0, 0, 0, ""));
        int cookie = ((Pdu.Entry) receive(bob)).cookie();
        makeBusy();
        for (int tx = 2; tx < 4; tx++) {
            send(bob, IndexFixture.list(tx, cookie, 0, 0, ""));
            send(bob, IndexFixture.search(100 + tx, "file-1"));
        }
        registry.released.countDown();
        for (int tx = 2; tx < 4; tx++) {
            for (int i = 0; i < ROWS; i++) {
                Pdu.Entry entry = (Pdu.Entry) receive(bob);
                assertThat(entry.tx()).isEqualTo(tx);
                assertThat(entry.file()).isEqualTo(file(i));
            }
            assertThat(receive(bob))
                    .isInstanceOf(Pdu.Found.class)
                    .extracting("tx")
                    .isEqualTo(100 + tx);
        }
    }
}
