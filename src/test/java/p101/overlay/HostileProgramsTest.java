package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p101.loop.EventLoop;
import p101.model.Endpoint;

/** Programs that mean no good, over real sockets; the test turns the loop and moves its clock, all in one thread. */
class HostileProgramsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DEADLINE_NANOS = 20 * SECOND;
    private static final String ROOT_IP = "127.000.000.001";

    private final List<Throwable> failures = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private long movedNanos = SECOND;
    private final EventLoop loop = new EventLoop(() -> movedNanos, failures::add);
    private final OverlayRoot root = new OverlayRoot(loop, (from, text) -> heard.add(text));

    @BeforeEach
    void listen() throws IOException {
        root.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        loop.close();
        assertThat(failures).isEmpty();
    }

    private void turn(int times) {
        for (int i = 0; i < times; i++) {
            loop.runOnce(1_000_000);
        }
    }

    private void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            loop.runOnce(1_000_000);
            assertThat(System.nanoTime()).as("waiting in vain for " + what).isLessThan(deadline);
        }
    }

    private void pass(long seconds) {
        for (long i = 0; i < 2 * seconds; i++) {
            movedNanos += SECOND / 2;
            turn(2);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(root.localAddress());
        opened.add(channel);
        channel.configureBlocking(false);
        return channel;
    }

    /** A listening node, whose connections are taken by the system and never looked at unless the test does. */
    private ServerSocketChannel node() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        opened.add(channel);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    private static int port(ServerSocketChannel node) throws IOException {
        return ((InetSocketAddress) node.getLocalAddress()).getPort();
    }

    private static byte[] packet(int type, int port, String body) {
        return String.format("1%02d%05d%s%05d%s", type, body.length(), ROOT_IP, port, body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void send(SocketChannel to, byte[] bytes) {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        until("room", () -> {
            try {
                to.write(out);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !out.hasRemaining();
        });
        turn(3);
    }

    private static boolean isEnded(SocketChannel channel) {
        ByteBuffer in = ByteBuffer.allocate(1_000);
        try {
            int count = channel.read(in);
            while (count > 0) {
                in.clear();
                count = channel.read(in);
            }
            return count < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** A child of the root that answers everything. */
    private final class GoodChild {
        private final ServerSocketChannel server = node();
        private final List<SocketChannel> inbound = new ArrayList<>();
        private final SocketChannel out = connect();
        final StringBuilder received = new StringBuilder();

        GoodChild() throws IOException {
            send(out, packet(1, port(server), "REQ"));
            send(out, packet(2, port(server), "REQ"));
            send(out, packet(3, port(server), "JOIN"));
            until("the answers", () -> answer().contains("RES" + ROOT_IP));
        }

        void hello() throws IOException {
            send(out, packet(5, port(server), "REQ01" + ROOT_IP + String.format("%05d", port(server))));
        }

        /** Takes and acknowledges what has come. */
        String answer() {
            try {
                for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
                    next.configureBlocking(false);
                    opened.add(next);
                    inbound.add(next);
                }
                for (SocketChannel channel : inbound) {
                    ByteBuffer in = ByteBuffer.allocate(200_000);
                    if (channel.read(in) > 0) {
                        received.append(new String(in.array(), 0, in.position(), StandardCharsets.UTF_8));
                        channel.write(ByteBuffer.wrap("ACK".getBytes(StandardCharsets.US_ASCII)));
                    }
                }
                isEnded(out);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return received.toString();
        }

        void mustHear(String text) {
            root.say(text);
            until("the good child to hear " + text, () -> answer().contains(text));
        }
    }

    @Test
    void bytesThatAreNoPacketEndTheirConnectionAlone() throws IOException {
        GoodChild good = new GoodChild();
        for (OverlayVector vector : OverlayVector.all("malformed")) {
            SocketChannel bad = connect();
            send(bad, vector.bytes());
            if (vector.told().get("stage").equals("stream")) {
                until("the end of " + vector, () -> isEnded(bad));
            } else {
                turn(5);
                assertThat(isEnded(bad)).as(vector.name()).isFalse();
            }
        }
        good.mustHear("still here");
    }

    @Test
    void aPacketThatNeverEndsIsGivenUp() throws IOException {
        GoodChild good = new GoodChild();
        SocketChannel slow = connect();
        byte[] packet = packet(4, 5_001, "x".repeat(1_000));
        for (int i = 0; i < 9; i++) {
            send(slow, new byte[] {packet[i]});
            pass(1);
            assertThat(isEnded(slow)).isFalse();
        }
        pass(2);
        until("the end", () -> isEnded(slow));
        good.hello();
        good.mustHear("still here");
    }

    @Test
    void whoSaysNothingIsGivenUpWhoHasSaidSomethingIsNot() throws IOException {
        SocketChannel silent = connect();
        SocketChannel polite = connect();
        send(polite, packet(4, 5_001, "hello"));
        pass(11);
        until("the end", () -> isEnded(silent));
        assertThat(isEnded(polite)).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void whoNeverAcknowledgesIsDroppedAndHoldsNobodyUp() throws IOException {
        GoodChild good = new GoodChild();
        ServerSocketChannel dumb = node();
        SocketChannel out = connect();
        send(out, packet(1, port(dumb), "REQ"));
        send(out, packet(3, port(dumb), "JOIN"));
        until("two children", () -> childCount() == 2);
        for (int i = 0; i < 50; i++) {
            good.mustHear("text " + i);
        }
        pass(6);
        assertThat(childCount()).isEqualTo(1);
        good.mustHear("after all");
        assertThat(root.counters().dropped()).isGreaterThan(0);
    }

    private long childCount() {
        return root.tree().stream()
                .filter(row -> row.live() && row.depth() == 1)
                .count();
    }

    @Test
    void whoNeverReadsItsAcksIsGivenUp() throws IOException {
        GoodChild good = new GoodChild();
        SocketChannel greedy = connect();
        byte[] one = packet(4, 5_001, "");
        byte[] packets = new byte[one.length * 2_000];
        for (int i = 0; i < 2_000; i++) {
            System.arraycopy(one, 0, packets, i * one.length, one.length);
        }
        until("both connections", () -> root.counters().connections() == 2);
        ByteBuffer out = ByteBuffer.wrap(packets);
        until("the end of a connection whose answers nobody reads", () -> {
            try {
                if (!out.hasRemaining()) {
                    out.clear();
                }
                greedy.write(out);
            } catch (IOException closed) {
                return true;
            }
            return root.counters().connections() < 2;
        });
        good.mustHear("still here");
    }

    @Test
    void thousandsOfConnectionsDoNotTakeTheTreeAway() throws IOException {
        GoodChild good = new GoodChild();
        List<SocketChannel> crowd = new ArrayList<>();
        for (int i = 0; i < 2_200; i++) {
            crowd.add(connect());
            if (i % 50 == 0) {
                turn(2);
            }
        }
        turn(20);
        assertThat(root.counters().connections()).isLessThanOrEqualTo(OverlayLimits.CONNECTIONS_PER_ADDRESS);
        good.mustHear("in the crowd");
        pass(11);
        until("the crowd to be gone", () -> root.counters().connections() <= 1);
        assertThat(crowd.stream().filter(HostileProgramsTest::isEnded)).hasSize(2_200);
        good.hello();
        good.mustHear("alone again");
    }

    @Test
    void manyBegunPacketsShareABudget() throws IOException {
        byte[] begun = new byte[90_000];
        System.arraycopy(packet(4, 5_001, "x".repeat(99_999)), 0, begun, 0, begun.length);
        List<SocketChannel> crowd = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            SocketChannel channel = connect();
            crowd.add(channel);
            ByteBuffer out = ByteBuffer.wrap(begun);
            until("room, or the end", () -> {
                try {
                    channel.write(out);
                    return !out.hasRemaining();
                } catch (IOException closed) {
                    return true;
                }
            });
        }
        turn(50);
        long left = root.counters().connections();
        assertThat(left * begun.length).isLessThanOrEqualTo(OverlayLimits.PENDING_BYTES);
        assertThat(left).isGreaterThan(100);
    }

    @Test
    void aForgedSourceOnThisMachineIsTheMostThatCanBeForged() {
        InetAddress here = AddressText.endpoint(new byte[] {10, 0, 0, 1}, 0).address();
        InetAddress there = AddressText.endpoint(new byte[] {10, 0, 0, 2}, 0).address();
        Endpoint loopback = AddressText.endpoint(new byte[] {127, 0, 0, 1}, 0);
        assertThat(new Via(1, there, here).mayBe(there)).isTrue();
        assertThat(new Via(1, there, here).mayBe(here)).isFalse();
        assertThat(new Via(1, there, here).mayBe(loopback.address())).isFalse();
        assertThat(new Via(1, here, here).mayBe(loopback.address())).isTrue();
        assertThat(new Via(1, loopback.address(), loopback.address()).mayBe(here))
                .isTrue();
    }

    @Test
    void aChildThatFloodsLosesNothingButTime() throws IOException {
        GoodChild good = new GoodChild();
        GoodChild chatty = new GoodChild();
        for (int i = 0; i < 3_000; i++) {
            send(chatty.out, packet(4, port(chatty.server), "flood " + i));
            good.answer();
            chatty.answer();
        }
        until("the last of the flood", () -> good.answer().contains("flood 2999"));
        assertThat(heard).hasSize(3_000);
    }
}
