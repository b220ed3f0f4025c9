package p101.loop;

import java.nio.ByteBuffer;

/**
 * What a protocol does with one TCP connection. Called on the loop's thread, never from within a call of its own to the
 * {@link Connection}: what those calls cause comes later in the same turn.
 *
 * <p>A handler that throws loses its connection ({@link CloseReason#FAILURE}), nothing else.
 */
public interface ConnectionHandler {
    /** The connection stands; from now on bytes come and may be sent. Never called when a connect failed. */
    void onOpen(Connection connection);

    /**
     * Bytes came: at most {@link EventLoop#READ_BUFFER_BYTES} for each turn. The buffer is direct and shared by all
     * connections of the loop: take all of it now, and keep what is not yet complete elsewhere.
     */
    void onBytes(ByteBuffer in);

    /** Once a turn while asked for with {@link Connection#requestWritable}: send a bounded amount. */
    default void onWritable() {}

    /**
     * The other side will send no more (half-close); it may still read. The loop closes the connection by itself as soon as
     * nothing waits to be written and {@link Connection#requestWritable} is off.
     */
    default void onEndOfInput() {}

    /** The connection is gone, or never came to be. Exactly once, and the last call. */
    void onClosed(CloseReason reason);
}
