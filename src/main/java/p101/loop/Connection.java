package p101.loop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One TCP connection of an {@link EventLoop}. Loop thread only. Calls on a closed connection do nothing. */
public interface Connection {
    /** Where the other side is. */
    InetSocketAddress remote();

    /** Where this side is; {@code null} until the connection stands. */
    InetSocketAddress local();

    /**
     * Hands bytes straight to the socket, without a copy and without a queue: what fits now.
     *
     * @return bytes taken; 0 when the socket is full (then {@link #requestWritable}) or the connection is closed
     */
    int send(ByteBuffer bytes);

    /**
     * Copies what does not fit the socket now to a bounded queue, which flushes by itself.
     *
     * @return {@code false} when the queue's limit would be passed: the connection is then closed ({@link
     *     CloseReason#OVERFLOW})
     */
    boolean write(ByteBuffer bytes);

    /** Bytes that {@link #write} took and the socket did not yet. */
    int queuedBytes();

    /** Whether {@link ConnectionHandler#onWritable} is wanted; leave it on only while there is something to send. */
    void requestWritable(boolean on);

    /**
     * Keeps a connection that the other side has half-closed from being closed although nothing waits to be sent: an answer is
     * still being made, or a timer runs for it. Leave it on only so long.
     */
    default void holdOpen(boolean on) {}

    /** Lets bytes wait in the socket; the other side's window closes. */
    void pauseReading();

    /** Takes bytes again. */
    void resumeReading();

    /**
     * Most bytes that the next turns hand to {@link ConnectionHandler#onBytes}; {@link EventLoop#READ_BUFFER_BYTES} at first.
     * For a handler that has room for only so much and would otherwise have to keep the rest.
     *
     * @param maxBytesPerTurn 1 or more
     */
    void setReadLimit(int maxBytesPerTurn);

    /** Sets {@code SO_SNDBUF}, which the system may round; where it refuses, the buffer stays as it is. */
    void setSendBuffer(int bytes);

    /**
     * Closes after what was written has gone out: half-closes, then reads and discards for a bounded time, so that the last
     * words are not lost in a reset. The handler is given no more bytes.
     */
    void closeWhenFlushed();

    /** Closes now; what was not sent is lost. {@code onClosed} follows before the turn ends. */
    void close(CloseReason reason);

    boolean isOpen();
}
