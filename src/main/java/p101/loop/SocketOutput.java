package p101.loop;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The sending half of a connection: the socket, the bytes that wait for it, and the count of what it took. Loop thread. */
final class SocketOutput {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final WriteQueue queue;

    SocketOutput(EventLoop loop, SocketChannel channel, int maxQueuedBytes) {
        this.loop = loop;
        this.channel = channel;
        this.queue = new WriteQueue(maxQueuedBytes);
    }

    int queuedBytes() {
        return queue.size();
    }

    boolean isFlushed() {
        return queue.isEmpty();
    }

    /** Hands bytes to the socket, never before those that wait; returns how many it took. */
    int send(ByteBuffer bytes) throws IOException {
        flush();
        return queue.isEmpty() ? count(channel.write(bytes)) : 0;
    }

    /** Lets bytes wait; {@code false} when there is no room for all of them. */
    boolean add(ByteBuffer bytes) {
        return queue.add(bytes);
    }

    /** Hands the socket what waits, as far as it takes it. */
    void flush() throws IOException {
        count(queue.flush(channel));
    }

    void setBuffer(int bytes) {
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
        } catch (IOException onlyAWish) {
            // It works with any buffer; if the socket is broken, the next write says so.
        }
    }

    /** Forgets what waits. */
    void clear() {
        queue.clear();
    }

    private int count(int taken) {
        if (taken > 0) {
            loop.progress();
            loop.tally.add(LoopCounter.BYTES_OUT, taken);
        }
        return taken;
    }
}
