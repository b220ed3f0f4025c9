package p101.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.model.Clock;
import p101.model.Randomness;
import p101.pdu.Pdu;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;

/** The wiring, over real loopback sockets. */
class IndexServerTest {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final MemoryRegistry registry = new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1, Randomness.seeded(1));
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        assertThat(errors).isEmpty();
    }

    private IndexServer start(int port, String... addresses) throws IOException {
        List<InetAddress> bind = new ArrayList<>();
        for (String address : addresses) {
            bind.add(InetAddress.getByName(address));
        }
        IndexConfig config = IndexConfig.DEFAULT.withPort(port).withBind(bind);
        IndexServer server = IndexServer.start(config, registry, Clock.SYSTEM, errors::add);
        open.add(server);
        return server;
    }

    /** A socket of a peer; what it sends goes to one address of the index. */
    private final class Client implements AutoCloseable {
        private final DatagramSocket socket;
        private final InetAddress index;
        private final int port;

        Client(String index, int port) throws IOException {
            this.index = InetAddress.getByName(index);
            this.port = port;
            socket = new DatagramSocket(0, this.index);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            open.add(this);
        }

        void send(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, index, port));
        }

        Pdu ask(Pdu request) throws IOException {
            ByteBuffer bytes = IndexFixture.bytes(request);
            byte[] datagram = new byte[bytes.remaining()];
            bytes.get(datagram);
            send(datagram);
            return receive();
        }

        Pdu receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            socket.receive(packet);
            assertThat(packet.getAddress()).isEqualTo(index);
            assertThat(packet.getPort()).isEqualTo(port);
            return IndexFixture.decode(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private void shareAndFind(String address) throws IOException {
        IndexServer server = start(0, address);
        Client alice = new Client(address, server.port());
        int cookie = ((Pdu.Refused) alice.ask(IndexFixture.register(100, 0, "song"))).cookie();
        assertThat(alice.ask(IndexFixture.register(100, cookie, "song"))).isInstanceOf(Pdu.Accepted.class);
        Pdu.Found found = (Pdu.Found) new Client(address, server.port()).ask(IndexFixture.search(1, "song"));
        assertThat(found.address()).isEqualTo(InetAddress.getByName(address));
        assertThat(server.counters().size()).isEqualTo(new IndexSnapshot.Size(1, 1));
        assertThat(server.counters().failures()).isZero();
        assertThat(server.receiveBufferBytes()).isPositive();
    }

    @Test
    void aPeerSharesAndAnotherFindsOverIpv4() throws IOException {
        shareAndFind("127.0.0.1");
    }

    @Test
    void aPeerSharesAndAnotherFindsOverIpv6() throws IOException {
        assumeTrue(hasIpv6Loopback(), "this machine has no ::1");
        shareAndFind("::1");
    }

    private static boolean hasIpv6Loopback() {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatIsTooLongOrTooShortIsDroppedAndTheIndexGoesOn() throws IOException {
        IndexServer server = start(0, "127.0.0.1");
        Client client = new Client("127.0.0.1", server.port());
        byte[] search = IndexFixture.bytes(IndexFixture.search(1, "a")).array();
        for (int length : new int[] {0, 1, 100, 102, 1_472, 60_000}) {
            client.send(java.util.Arrays.copyOf(search, length));
        }
        assertThat(client.ask(IndexFixture.search(2, "a"))).extracting("tx").isEqualTo(2);
        assertThat(server.counters().dropped()).containsEntry(DropReason.LENGTH, 6L);
    }

    /** The answers to a peer that is gone come back as ICMP errors; they must not end or disturb the index. */
    @Test
    void peersThatAreGoneDoNotDisturbIt() throws IOException {
        IndexServer server = start(0, "127.0.0.1");
        for (int i = 0; i < 20; i++) {
            Client gone = new Client("127.0.0.1", server.port());
            gone.send(java.util.Arrays.copyOf(
                    IndexFixture.bytes(IndexFixture.search(1, "a")).array(), 101));
            gone.close();
        }
        assertThat(new Client("127.0.0.1", server.port()).ask(IndexFixture.search(2, "a")))
                .isInstanceOf(Pdu.Refused.class);
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        IndexServer first = start(0, "127.0.0.1");
        assertThatThrownBy(() -> start(first.port(), "127.0.0.1"))
                .isInstanceOf(IndexPortInUseException.class)
                .hasMessageContaining("UDP port " + first.port() + " on 127.0.0.1 is in use");
        assertThat(new Client("127.0.0.1", first.port()).ask(IndexFixture.search(2, "a")))
                .isInstanceOf(Pdu.Refused.class);
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        assertThatThrownBy(() -> start(0, "192.0.2.77"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(IndexPortInUseException.class)
                .hasMessageContaining("192.0.2.77");
    }

    @Test
    void closingEndsTheThreadsAndFreesThePort() throws IOException {
        IndexServer server = start(0, "127.0.0.1");
        String thread = "p101-index-127.0.0.1:" + server.port();
        assertThat(isRunning(thread)).isTrue();
        server.close();
        assertThat(isRunning(thread)).isFalse();
        assertThat(start(server.port(), "127.0.0.1").port()).isEqualTo(server.port());
    }

    private static boolean isRunning(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }

    @Test
    void addressesThatComeAreOpenedAndThoseThatGoAreClosed() throws IOException {
        List<InetAddress> addresses = Collections.synchronizedList(new ArrayList<>());
        addresses.add(InetAddress.getByName("127.0.0.1"));
        IndexServer server = IndexServer.start(
                IndexConfig.DEFAULT.withPort(0), registry, Clock.SYSTEM, errors::add, () -> List.copyOf(addresses));
        open.add(server);
        addresses.add(InetAddress.getByName("127.0.0.2"));
        server.scan();
        assumeTrue(server.endpoints().size() == 2, "this machine has one loopback address alone");
        assertThat(new Client("127.0.0.2", server.port()).ask(IndexFixture.search(2, "a")))
                .isInstanceOf(Pdu.Refused.class);
        addresses.remove(0);
        server.scan();
        assertThat(server.endpoints()).containsExactly(IndexFixture.at("127.0.0.2", server.port()));
        awaitTrue(() -> !isRunning("p101-index-127.0.0.1:" + server.port()));
    }

    @Test
    void allLocalAddressesAreOpenedOnOnePort() throws IOException {
        IndexServer server = IndexServer.start(IndexConfig.DEFAULT.withPort(0), registry, Clock.SYSTEM, errors::add);
        open.add(server);
        assertThat(server.endpoints()).allMatch(endpoint -> endpoint.port() == server.port());
        assertThat(server.endpoints()).contains(IndexFixture.at("127.0.0.1", server.port()));
        assertThat(new Client("127.0.0.1", server.port()).ask(IndexFixture.search(2, "a")))
                .isInstanceOf(Pdu.Refused.class);
    }

    @Test
    void aFailureIsReportedAndTheIndexGoesOn() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        IndexConfig config =
                new IndexConfig(0, List.of(InetAddress.getByName("127.0.0.1")), Optional.empty(), Optional.of(line -> {
                    lines.add(line);
                    if (lines.size() == 1) {
                        throw new IllegalStateException("the first line cannot be written");
                    }
                }));
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        IndexServer server = IndexServer.start(config, registry, Clock.SYSTEM, reported::add);
        open.add(server);
        Client client = new Client("127.0.0.1", server.port());
        client.send(java.util.Arrays.copyOf(
                IndexFixture.bytes(IndexFixture.search(1, "a")).array(), 101));
        assertThat(client.ask(IndexFixture.search(2, "a"))).extracting("tx").isEqualTo(2);
        assertThat(reported).hasSize(1);
        assertThat(server.counters().failures()).isEqualTo(1);
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it did not happen in time");
            }
            Thread.onSpinWait();
        }
    }
}
