package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpConnectionTest {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LoopHarness harness = new LoopHarness();
    private final EventLoop loop = harness.loop;

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void connectsAndTalksBothWays() throws IOException {
        RecordingHandler server = new RecordingHandler();
        RecordingHandler client = new RecordingHandler();
        Acceptor acceptor = harness.listen(server);
        loop.connect(acceptor.localAddress(), null, CONNECT_NANOS, client);
        assertThat(client.events)
                .as("the outcome comes after connect() returned")
                .isEmpty();
        harness.turnUntil(() -> client.connection != null && server.connection != null);

        client.connection.write(bytes("ping"));
        harness.turnUntil(() -> server.received.size() == 4);
        server.connection.write(bytes("pong!"));
        harness.turnUntil(() -> client.received.size() == 5);

        assertThat(client.connection.remote()).isEqualTo(acceptor.localAddress());
        assertThat(server.connection.remote()).isEqualTo(client.connection.local());
        client.connection.close(CloseReason.LOCAL);
        harness.turnUntil(() -> client.isClosed() && server.isClosed());
        assertThat(client.closed).containsExactly(CloseReason.LOCAL);
        assertThat(server.closed).containsExactly(CloseReason.END_OF_INPUT);
        assertThat(acceptor.openConnections()).isZero();
        harness.expectNoFailures();
    }

    @Test
    void aRefusedConnectIsToldOnceAndWithoutOnOpen() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        RecordingHandler client = new RecordingHandler();
        loop.connect(nobody, null, CONNECT_NANOS, client);
        harness.turnUntil(client::isClosed);

        assertThat(client.events).containsExactly("closed");
        assertThat(client.closed).containsExactly(CloseReason.CONNECT_REFUSED);
        assertThat(harness.count(LoopCounter.CONNECTS_FAILED)).isEqualTo(1);
    }

    @Test
    void anImpossibleConnectIsToldInTheSameWay() {
        RecordingHandler unresolved = new RecordingHandler();
        RecordingHandler foreign = new RecordingHandler();
        loop.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1), null, CONNECT_NANOS, unresolved);
        loop.connect(new InetSocketAddress("127.0.0.1", 9), address("192.0.2.1"), CONNECT_NANOS, foreign);
        harness.turnUntil(() -> unresolved.isClosed() && foreign.isClosed());

        assertThat(unresolved.closed).containsExactly(CloseReason.CONNECT_FAILED);
        assertThat(foreign.events).containsExactly("closed");
    }

    @Test
    void aConnectWithoutAnswerEndsAtItsTime() throws IOException {
        // A listener whose backlog is full answers no more: the kernel drops what comes.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress to = (InetSocketAddress) full.getLocalSocketAddress();
            List<RecordingHandler> handlers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                RecordingHandler handler = new RecordingHandler();
                handlers.add(handler);
                loop.connect(to, null, CONNECT_NANOS, handler);
            }
            harness.turn(5);
            RecordingHandler waiting = handlers.get(9);
            assertThat(waiting.events).isEmpty();
            harness.advance(CONNECT_NANOS - 1);
            assertThat(waiting.events).isEmpty();
            harness.advance(1);
            assertThat(waiting.closed).containsExactly(CloseReason.CONNECT_TIMEOUT);
            assertThat(handlers.get(0).closed)
                    .as("the one that connected stays")
                    .isEmpty();
        }
    }

    @Test
    void goesOnSendingToASideThatHalfCloses() throws IOException {
        byte[] answer = new byte[3 * 1024 * 1024];
        SendingHandler handler = new SendingHandler(answer);
        Socket client = harness.client(harness.listen(handler));
        client.getOutputStream().write('x');
        client.shutdownOutput();
        harness.turnUntil(() -> handler.ended);
        long endedAtTurn = harness.count(LoopCounter.TURNS);

        ByteBuffer got = ByteBuffer.allocate(answer.length);
        client.setSoTimeout(1);
        harness.turnUntil(() -> readSome(client, got) && !got.hasRemaining());
        harness.turnUntil(handler::isClosed);

        assertThat(handler.closed).containsExactly(CloseReason.END_OF_INPUT);
        assertThat(harness.count(LoopCounter.FRUITLESS_TURNS)).isZero();
        assertThat(harness.count(LoopCounter.TURNS)).isGreaterThan(endedAtTurn);
    }

    @Test
    void aHalfClosedSideThatIsStillAwaitedDoesNotSpin() throws IOException {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void onEndOfInput() {
                super.onEndOfInput();
                connection.requestWritable(true);
                connection.pauseReading();
                connection.resumeReading();
            }

            @Override
            public void onWritable() {
                super.onWritable();
                connection.write(ByteBuffer.allocate(64 * 1024));
            }
        };
        Socket client = harness.client(harness.listen(handler));
        client.shutdownOutput();
        long[] sent = {0};
        harness.turnUntil(() -> {
            long earlier = sent[0];
            sent[0] = harness.count(LoopCounter.BYTES_OUT);
            return sent[0] > 0 && sent[0] == earlier;
        });
        long turnsBefore = harness.count(LoopCounter.TURNS);

        long beganNanos = System.nanoTime();
        while (System.nanoTime() - beganNanos < TimeUnit.MILLISECONDS.toNanos(100)) {
            loop.runOnce(TimeUnit.MILLISECONDS.toNanos(20));
        }

        // Five, if the system's buffers do not move meanwhile; a spinning loop makes tens of thousands.
        assertThat(harness.count(LoopCounter.TURNS) - turnsBefore).isLessThan(50);
        assertThat(handler.closed).isEmpty();
    }

    @Test
    void aResetCostsOnlyItsOwnConnection() throws IOException {
        RecordingHandler reset = new RecordingHandler();
        RecordingHandler healthy = new RecordingHandler();
        List<RecordingHandler> handlers = new ArrayList<>(List.of(reset, healthy));
        Acceptor acceptor = loop.listen(LoopHarness.anyPort(), new AcceptLimits(10, 10), remote -> handlers.remove(0));
        Socket first = harness.client(acceptor);
        harness.turnUntil(() -> reset.connection != null);
        Socket second = harness.client(acceptor);
        harness.turnUntil(() -> healthy.connection != null);

        first.setSoLinger(true, 0);
        first.close();
        second.getOutputStream().write('x');
        harness.turnUntil(() -> reset.isClosed() && healthy.received.size() == 1);

        assertThat(reset.closed).containsExactly(CloseReason.RESET);
        assertThat(healthy.closed).isEmpty();
        harness.expectNoFailures();
    }

    @Test
    void aHandlerThatThrowsLosesItsConnectionAndNothingElse() throws IOException {
        RecordingHandler broken = new RecordingHandler() {
            @Override
            public void onBytes(ByteBuffer in) {
                throw new IllegalStateException("broken");
            }
        };
        Acceptor acceptor = harness.listen(broken);
        Socket client = harness.client(acceptor);
        client.getOutputStream().write('x');
        harness.turnUntil(broken::isClosed);

        assertThat(broken.closed).containsExactly(CloseReason.FAILURE);
        assertThat(harness.failures).hasSize(1);
        assertThat(acceptor.openConnections()).isZero();
        harness.client(acceptor);
        harness.turnUntil(() -> acceptor.openConnections() == 1);
    }

    @Test
    void aHandlerThatThrowsInOnOpenOrOnClosedIsSurvived() throws IOException {
        RecordingHandler broken = new RecordingHandler() {
            @Override
            public void onOpen(Connection opened) {
                throw new IllegalStateException("open");
            }

            @Override
            public void onClosed(CloseReason reason) {
                super.onClosed(reason);
                throw new IllegalStateException("closed");
            }
        };
        harness.client(harness.listen(broken));
        harness.turnUntil(broken::isClosed);
        harness.turn(3);

        assertThat(broken.closed).containsExactly(CloseReason.FAILURE);
        assertThat(harness.failures).hasSize(2);
    }

    @Test
    void noConnectionIsReadMoreThanOnceATurn() throws IOException {
        List<Integer> who = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        int[] next = {0};
        Acceptor acceptor =
                loop.listen(LoopHarness.anyPort(), new AcceptLimits(10, 10), SocketSettings.BULK, remote -> {
                    int number = next[0]++;
                    return new RecordingHandler() {
                        @Override
                        public void onBytes(ByteBuffer in) {
                            who.add(number);
                            sizes.add(in.remaining());
                            in.position(in.limit());
                        }
                    };
                });
        Socket greedy = harness.client(acceptor);
        Socket modest = harness.client(acceptor);
        harness.turnUntil(() -> acceptor.openConnections() == 2);
        greedy.getOutputStream().write(new byte[1_500_000]);
        modest.getOutputStream().write('x');

        loop.runOnce(TimeUnit.SECONDS.toNanos(1));

        assertThat(who).as("both had their turn before either had a second one").containsExactlyInAnyOrder(0, 1);
        assertThat(sizes).allMatch(size -> size <= EventLoop.READ_BUFFER_BYTES);
    }

    @Test
    void aPausedConnectionLetsItsBytesWait() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        Socket client = harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        handler.connection.pauseReading();
        client.getOutputStream().write('x');
        harness.turn(3);
        assertThat(handler.received.size()).isZero();

        handler.connection.resumeReading();
        harness.turnUntil(() -> handler.received.size() == 1);
    }

    @Test
    void aSideThatDoesNotReadOverflowsItsQueueAndIsClosed() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        boolean taken = true;
        for (int i = 0; i < 10_000 && taken; i++) {
            taken = handler.connection.write(ByteBuffer.allocate(10_000));
            assertThat(handler.connection.queuedBytes()).isLessThanOrEqualTo(SocketSettings.DEFAULT_MAX_QUEUED_BYTES);
        }
        assertThat(taken).isFalse();
        assertThat(handler.closed).as("told later, not from within the call").isEmpty();
        harness.turnUntil(handler::isClosed);

        assertThat(handler.closed).containsExactly(CloseReason.OVERFLOW);
    }

    @Test
    void theLastWordsArriveAlthoughInputIsUnread() throws IOException {
        RecordingHandler handler = new RecordingHandler() {
            @Override
            public void onBytes(ByteBuffer in) {
                super.onBytes(in);
                connection.write(TcpConnectionTest.bytes("no"));
                connection.closeWhenFlushed();
            }
        };
        Socket client = harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        client.getOutputStream().write('x');
        harness.turnUntil(() -> !handler.connection.isOpen());
        client.getOutputStream().write(new byte[10_000]);
        harness.turn(3);

        assertThat(client.getInputStream().readAllBytes()).isEqualTo("no".getBytes());
        assertThat(handler.received.size())
                .as("nothing more after closeWhenFlushed")
                .isEqualTo(1);
        client.close();
        harness.turnUntil(handler::isClosed);
        assertThat(handler.closed).containsExactly(CloseReason.LOCAL);
    }

    @Test
    void aSideThatNeverClosesIsNotWaitedForForEver() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        handler.connection.closeWhenFlushed();
        harness.turn(2);
        assertThat(handler.closed).isEmpty();
        harness.advance(TcpConnection.LINGER_NANOS);

        assertThat(handler.closed).containsExactly(CloseReason.LOCAL);
    }

    @Test
    void aSideThatNeverReadsIsNotFlushedToForEver() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        while (handler.connection.queuedBytes() == 0) {
            handler.connection.write(ByteBuffer.allocate(50_000));
        }
        handler.connection.closeWhenFlushed();
        harness.advance(TcpConnection.FLUSH_NANOS - 1);
        assertThat(handler.closed).isEmpty();
        harness.advance(1);

        assertThat(handler.closed).containsExactly(CloseReason.LOCAL);
    }

    @Test
    void sendNeverOvertakesWhatWasQueued() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        Socket client = harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        int total = 0;
        while (handler.connection.queuedBytes() == 0) {
            handler.connection.write(ByteBuffer.allocate(50_000));
            total += 50_000;
        }
        // The client makes room in the socket while the loop has no turn; then the queue goes first.
        ByteBuffer got = ByteBuffer.allocate(total + 1);
        client.setSoTimeout(1);
        while (handler.connection.send(bytes("!")) == 0) {
            readSome(client, got);
        }
        assertThat(handler.connection.queuedBytes()).isZero();
        harness.turnUntil(() -> readSome(client, got) && !got.hasRemaining());

        assertThat(got.get(total)).isEqualTo((byte) '!');
        assertThat(got.get(total - 1)).isZero();
    }

    @Test
    void callsOnAClosedConnectionDoNothing() throws IOException {
        RecordingHandler handler = new RecordingHandler();
        harness.client(harness.listen(handler));
        harness.turnUntil(() -> handler.connection != null);
        Connection connection = handler.connection;
        connection.close(CloseReason.PROTOCOL);
        connection.close(CloseReason.LOCAL);
        connection.requestWritable(true);
        connection.pauseReading();
        connection.resumeReading();
        connection.closeWhenFlushed();
        assertThat(connection.send(bytes("x"))).isZero();
        assertThat(connection.write(bytes("x"))).isFalse();
        harness.turn(3);

        assertThat(handler.closed).containsExactly(CloseReason.PROTOCOL);
        harness.expectNoFailures();
    }

    private static boolean readSome(Socket client, ByteBuffer into) {
        try {
            int count = client.getInputStream().read(into.array(), into.position(), into.remaining());
            into.position(into.position() + Math.max(count, 0));
            return true;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a long answer to whatever comes first. */
    private static final class SendingHandler extends RecordingHandler {
        private final ByteBuffer answer;

        SendingHandler(byte[] answer) {
            this.answer = ByteBuffer.wrap(answer);
        }

        @Override
        public void onBytes(ByteBuffer in) {
            super.onBytes(in);
            connection.requestWritable(true);
        }

        @Override
        public void onWritable() {
            connection.send(answer);
            if (!answer.hasRemaining()) {
                connection.requestWritable(false);
            }
        }
    }
}
