package p101.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a connection reads: how much in a turn, whether now, and whether more can come. Loop thread. */
final class SocketInput {
    /** Bytes that are read and thrown away while the last words go out. */
    private static final int MAX_DISCARDED_BYTES = 1 << 20;

    private final EventLoop loop;
    private final SocketChannel channel;
    private int maxBytesPerTurn = EventLoop.READ_BUFFER_BYTES;
    private boolean paused;
    private boolean ended;
    private int discardedBytes;

    SocketInput(EventLoop loop, SocketChannel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    void setLimit(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a turn reads 1 byte or more; to read none, pause");
        }
        maxBytesPerTurn = Math.min(bytes, EventLoop.READ_BUFFER_BYTES);
    }

    void setPaused(boolean on) {
        paused = on;
    }

    boolean isWanted() {
        return !paused && !ended;
    }

    /** Whether the other side has half-closed. */
    boolean hasEnded() {
        return ended;
    }

    /**
     * Reads what is there, once.
     *
     * @return the bytes, in the loop's buffer; none when nothing came; see {@link #hasEnded}
     * @throws IOException when the connection is broken
     */
    ByteBuffer read() throws IOException {
        ByteBuffer buffer = loop.readBuffer().limit(maxBytesPerTurn);
        int count = channel.read(buffer);
        if (count < 0) {
            ended = true;
        } else {
            loop.tally.add(LoopCounter.BYTES_IN, count);
        }
        if (count != 0) {
            loop.progress();
        }
        return buffer.flip();
    }

    /** Bytes came that nobody wants; {@code false} when there were too many of them by now. */
    boolean discard(int bytes) {
        discardedBytes += bytes;
        return discardedBytes <= MAX_DISCARDED_BYTES;
    }
}
