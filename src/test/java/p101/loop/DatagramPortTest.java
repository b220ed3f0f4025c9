package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatagramPortTest {
    private final LoopHarness harness = new LoopHarness();
    private final EventLoop loop = harness.loop;
    private final Inbox inbox = new Inbox();

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void twoPortsTalk() throws IOException {
        Inbox other = new Inbox();
        DatagramPort server = loop.openDatagram(LoopHarness.anyPort(), null, other);
        DatagramPort client = loop.openDatagram(null, server.localAddress(), inbox);

        assertThat(client.send(bytes("ping"))).isTrue();
        harness.turnUntil(() -> !other.datagrams.isEmpty());
        assertThat(server.send(bytes("pong"), other.senders.get(0))).isTrue();
        harness.turnUntil(() -> !inbox.datagrams.isEmpty());

        assertThat(other.datagrams).containsExactly("ping");
        assertThat(inbox.datagrams).containsExactly("pong");
        assertThat(inbox.senders).containsExactly(server.localAddress());
        assertThat(harness.count(LoopCounter.DATAGRAMS_IN)).isEqualTo(2);
        assertThat(harness.count(LoopCounter.DATAGRAMS_OUT)).isEqualTo(2);
    }

    @Test
    void aConnectedPortHearsNobodyElse() throws IOException {
        DatagramPort server = loop.openDatagram(LoopHarness.anyPort(), null, new Inbox());
        DatagramPort client = loop.openDatagram(null, server.localAddress(), inbox);
        try (DatagramSocket stranger = new DatagramSocket()) {
            stranger.send(new DatagramPacket(new byte[] {'?'}, 1, client.localAddress()));
        }
        server.send(bytes("!"), client.localAddress());
        harness.turnUntil(() -> !inbox.datagrams.isEmpty());

        assertThat(inbox.datagrams).containsExactly("!");
    }

    @Test
    void nobodyListeningIsAHintAndNoEnd() throws IOException {
        InetSocketAddress nobody;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        DatagramPort client = loop.openDatagram(null, nobody, inbox);
        client.send(bytes("anyone?"));
        harness.turnUntil(() -> inbox.unreachable > 0);
        try (DatagramSocket server = new DatagramSocket(nobody)) {
            server.setSoTimeout(20_000);
            DatagramPacket packet = new DatagramPacket(new byte[20], 20);
            assertThat(client.send(bytes("now?"))).isTrue();
            server.receive(packet);
            server.send(new DatagramPacket("yes".getBytes(), 3, packet.getSocketAddress()));
            harness.turnUntil(() -> !inbox.datagrams.isEmpty());
        }
        assertThat(inbox.datagrams).containsExactly("yes");
        assertThat(harness.count(LoopCounter.FAILURES)).isZero();
    }

    @Test
    void aHandlerThatThrowsLosesOneDatagram() throws IOException {
        boolean[] broken = {true};
        DatagramPort server = loop.openDatagram(LoopHarness.anyPort(), null, (datagram, from) -> {
            if (broken[0]) {
                broken[0] = false;
                throw new IllegalStateException("broken");
            }
            inbox.onDatagram(datagram, from);
        });
        DatagramPort client = loop.openDatagram(null, server.localAddress(), new Inbox());
        client.send(bytes("1"));
        client.send(bytes("2"));
        harness.turnUntil(() -> !inbox.datagrams.isEmpty());

        assertThat(inbox.datagrams).containsExactly("2");
        assertThat(harness.failures).hasSize(1);
    }

    @Test
    void aFloodLeavesOthersTheirTurn() throws IOException {
        DatagramPort server = loop.openDatagram(LoopHarness.anyPort(), null, inbox);
        DatagramPort client = loop.openDatagram(null, server.localAddress(), new Inbox());
        for (int i = 0; i < 100; i++) {
            client.send(bytes("x"));
        }
        loop.runOnce(0);
        assertThat(inbox.datagrams).hasSizeLessThan(100).isNotEmpty();
        harness.turnUntil(() -> inbox.datagrams.size() == 100);
    }

    @Test
    void sendingAfterTheEndIsOneMoreLostDatagram() throws IOException {
        DatagramPort server = loop.openDatagram(LoopHarness.anyPort(), null, inbox);
        InetSocketAddress to = server.localAddress();
        server.close();
        assertThat(server.send(bytes("x"), to)).isFalse();
        assertThat(harness.count(LoopCounter.DATAGRAMS_NOT_SENT)).isEqualTo(1);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static final class Inbox implements DatagramHandler {
        private final List<String> datagrams = new ArrayList<>();
        private final List<InetSocketAddress> senders = new ArrayList<>();
        private int unreachable;

        @Override
        public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            datagrams.add(new String(bytes));
            senders.add(from);
        }

        @Override
        public void onUnreachable() {
            unreachable++;
        }
    }
}
