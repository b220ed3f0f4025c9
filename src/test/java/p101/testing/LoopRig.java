package p101.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import p101.loop.EventLoop;
import p101.loop.LoopCounter;

/** An event loop that the test turns, a clock that it moves, and plain sockets that talk to it: all in one thread. */
public final class LoopRig implements AutoCloseable {
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final int TURNS = 5;

    private final List<Throwable> failures = new ArrayList<>();
    private final List<PlainSocket> sockets = new ArrayList<>();
    private long movedNanos;
    private long sentBytes;
    public final EventLoop loop = new EventLoop(() -> movedNanos, failures::add);

    public void move(long nanos) {
        pass(nanos);
        turn();
    }

    /** Lets time pass in the middle of a turn. */
    public void pass(long nanos) {
        movedNanos += nanos;
    }

    public long nowNanos() {
        return movedNanos;
    }

    public void turn() {
        turn(TURNS);
    }

    public void turn(int times) {
        for (int i = 0; i < times; i++) {
            loop.runOnce(0);
        }
    }

    /** Turns the loop until something holds. */
    public void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            loop.runOnce(1_000_000);
            assertThat(System.nanoTime()).as("waiting in vain for: " + what).isLessThan(deadline);
        }
    }

    /** Turns the loop until all that {@link PlainSocket#send} ever sent has been read. */
    void untilRead(int moreBytes) {
        sentBytes += moreBytes;
        until("the bytes to arrive", () -> loop.counters().get(LoopCounter.BYTES_IN) >= sentBytes);
        turn();
    }

    public PlainSocket connect(InetSocketAddress to) {
        return connect(to, null);
    }

    /** @param fromOrNull the address that it connects from */
    public PlainSocket connect(InetSocketAddress to, InetAddress fromOrNull) {
        long before = loop.counters().get(LoopCounter.ACCEPTED);
        PlainSocket socket = connectUnaccepted(to, fromOrNull);
        until("the connection", () -> loop.counters().get(LoopCounter.ACCEPTED) > before);
        turn();
        return socket;
    }

    /** Connects without a turn of the loop, for connections that it may refuse. */
    public PlainSocket connectUnaccepted(InetSocketAddress to) {
        return connectUnaccepted(to, null);
    }

    /** @param fromOrNull the address that it connects from */
    public PlainSocket connectUnaccepted(InetSocketAddress to, InetAddress fromOrNull) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (fromOrNull != null) {
                channel.bind(new InetSocketAddress(fromOrNull, 0));
            }
            channel.connect(to);
            PlainSocket socket = new PlainSocket(this, channel);
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For what the loop does not see fail; {@link #close} fails when there was any. */
    public void onFailure(Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void close() {
        sockets.forEach(PlainSocket::close);
        loop.close();
        assertThat(failures).isEmpty();
    }
}
