package p101.index;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Answers that wait until all datagrams that came together are handled, because sending them one behind the other is faster than
 * between other work. They go in the order in which they came. Thread-confined.
 */
final class Outbox {
    /** Two answers for each datagram of a turn; a burst of entries takes several flushes. More would only take room in the cache. */
    private static final int CAPACITY = 64;

    private final DatagramChannel channel;
    private final IndexCounters counters;
    private final ByteBuffer[] waiting = Slices.of(CAPACITY);
    private final InetSocketAddress[] receivers = new InetSocketAddress[CAPACITY];
    private int count;

    /**
     * @param channel may be set to block or not to
     */
    Outbox(DatagramChannel channel, IndexCounters counters) {
        this.channel = channel;
        this.counters = counters;
    }

    /** Keeps a copy of an answer until the next {@link #flush}; when there is no room for it, those before it go now. */
    void add(ByteBuffer reply, InetSocketAddress receiver) {
        if (count == CAPACITY) {
            flush();
        }
        waiting[count].clear().put(reply).flip();
        receivers[count] = receiver;
        count++;
    }

    /** Sends all that wait. */
    void flush() {
        for (int i = 0; i < count; i++) {
            send(waiting[i], receivers[i]);
        }
        count = 0;
    }

    private void send(ByteBuffer reply, InetSocketAddress receiver) {
        try {
            if (channel.send(reply, receiver) == 0) {
                sendWhenThereIsRoom(reply, receiver);
            }
        } catch (IOException e) {
            // No route, a full queue: to the receiver it is a lost datagram, and it asks again.
            counters.sendFailed();
        }
    }

    /** A burst can be faster than the network: it goes at the network's pace then. */
    private void sendWhenThereIsRoom(ByteBuffer reply, InetSocketAddress receiver) throws IOException {
        channel.configureBlocking(true);
        try {
            channel.send(reply, receiver);
        } finally {
            channel.configureBlocking(false);
        }
    }
}
