package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A loop that a test turns by hand, with a clock that only the test moves. */
public final class LoopHarness implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final int SOCKET_TIMEOUT_MILLIS = 20_000;

    public final List<Throwable> failures = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - TimeUnit.HOURS.toNanos(1);
    public final EventLoop loop = new EventLoop(() -> nowNanos, failures::add);
    private final List<Socket> sockets = new ArrayList<>();

    /** Moves the clock and gives the timers their turn. */
    public void advance(long nanos) {
        nowNanos += nanos;
        loop.runOnce(0);
    }

    /** Turns the loop until the condition holds. */
    public void turnUntil(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > DEADLINE_NANOS) {
                fail("did not happen in time; counters: " + loop.counters());
            }
            loop.runOnce(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Turns the loop a few times, for what should not happen. */
    public void turn(int times) {
        for (int i = 0; i < times; i++) {
            loop.runOnce(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    public long count(LoopCounter counter) {
        return loop.counters().get(counter);
    }

    /** A port on loopback whose connections all go to the handler. */
    public Acceptor listen(ConnectionHandler handler) throws IOException {
        return loop.listen(anyPort(), new AcceptLimits(100, 100), remote -> handler);
    }

    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A plain blocking client, closed with the harness. */
    public Socket client(Acceptor acceptor) throws IOException {
        return client(acceptor, InetAddress.getLoopbackAddress());
    }

    /** A plain blocking client with an address of its own. */
    public Socket client(Acceptor acceptor, InetAddress from) throws IOException {
        InetSocketAddress to = acceptor.localAddress();
        Socket socket = new Socket(to.getAddress(), to.getPort(), from, 0);
        socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
        sockets.add(socket);
        return socket;
    }

    public void expectNoFailures() {
        assertThat(failures).isEmpty();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        loop.close();
    }
}
