package p101.index;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Endpoint;

/**
 * One local address of the index: an unconnected channel (which ICMP errors do not disturb) and the blocking thread that reads it,
 * because at 50,000 datagrams a second a selector's slowest answers take forty times as long. It ends when the channel is
 * closed, and by nothing else.
 *
 * <p>While there is a {@link Backlog}, what has come is taken together, up to {@value #MOST_AT_ONCE} datagrams: first all are
 * received, then all handled, then all answered. The processor keeps each of the three in its caches while it lasts, and what the
 * registry needs for all of them is fetched from memory at the same time. Nobody waits for a datagram that has not come. And the
 * channel does not block then: what the JDK does around a call that may block costs a twelfth of an answer.
 */
final class IndexChannel implements Runnable {
    private static final int MOST_AT_ONCE = 32;

    /** So that a receive that fails again and again does not keep a core busy. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 1_000_000L;

    private final DatagramChannel channel;
    private final Endpoint local;
    private final IndexProtocol protocol;
    private final IndexCounters counters;
    private final Clock clock;
    private final Consumer<Throwable> errors;
    private final Outbox outbox;
    private final Datagram[] datagrams = new Datagram[MOST_AT_ONCE];
    private final Backlog backlog = new Backlog();
    private final InetSocketAddress[] sources = new InetSocketAddress[MOST_AT_ONCE];

    /** The channel gives the same object for the same sender while nobody else sends. */
    private InetSocketAddress lastSource;

    private Endpoint lastFrom;

    /**
     * @param channel bound, and set to block
     */
    IndexChannel(
            DatagramChannel channel, Endpoint local, IndexContext context, Clock clock, Consumer<Throwable> errors) {
        this.channel = channel;
        this.local = local;
        this.protocol = new IndexProtocol(context);
        this.counters = protocol.counters();
        this.clock = clock;
        this.errors = errors;
        this.outbox = new Outbox(channel, counters);
        ByteBuffer[] slices = Slices.of(MOST_AT_ONCE);
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            int slot = i;
            datagrams[i] = new Datagram(slices[i], reply -> outbox.add(reply, sources[slot]));
        }
    }

    @Override
    public void run() {
        while (channel.isOpen()) {
            try {
                int count = receive();
                handle(count);
                outbox.flush();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                counters.receiveFailed();
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    /** Waits for a datagram, or takes those that wait already; returns how many. */
    private int receive() throws IOException {
        if (!backlog.isThere()) {
            return await();
        }
        if (!receive(0)) {
            backlog.end();
            channel.configureBlocking(true);
            return await();
        }
        int count = 1;
        try {
            while (count < MOST_AT_ONCE && receive(count)) {
                count++;
            }
        } catch (IOException e) {
            // Those that came are answered all the same.
            counters.receiveFailed();
        }
        return count;
    }

    /** Takes the next datagram if there is one. */
    private boolean receive(int slot) throws IOException {
        ByteBuffer bytes = datagrams[slot].bytes.clear();
        InetSocketAddress source = (InetSocketAddress) channel.receive(bytes);
        if (source == null) {
            return false;
        }
        bytes.flip();
        if (source != lastSource) {
            lastSource = source;
            lastFrom = Endpoint.of(source);
        }
        sources[slot] = source;
        datagrams[slot].from = lastFrom;
        return true;
    }

    private int await() throws IOException {
        long beginNanos = clock.nowNanos();
        boolean received = receive(0);
        backlog.waited(clock.nowNanos() - beginNanos);
        if (backlog.isThere()) {
            channel.configureBlocking(false);
        }
        return received ? 1 : 0;
    }

    private void handle(int count) {
        for (int i = 0; i < count; i++) {
            protocol.decode(datagrams[i]);
        }
        protocol.prefetch(datagrams, count);
        long nowNanos = clock.nowNanos();
        for (int i = 0; i < count; i++) {
            try {
                protocol.handle(datagrams[i], local, nowNanos);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void failed(RuntimeException mistake) {
        counters.failed();
        errors.accept(mistake);
    }
}
