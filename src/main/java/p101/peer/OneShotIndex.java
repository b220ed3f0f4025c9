package p101.peer;

import java.io.Closeable;
import java.net.InetSocketAddress;

/**
 * Asks an index from the calling thread and ends: what {@code ls} and {@code find} use. It loads few classes, starts no
 * thread and logs nothing, since the whole process lives for a few hundredths of a second.
 */
public final class OneShotIndex implements Closeable {
    /**
     * Opens a socket that receives from this index alone.
     *
     * @throws PeerException when the operating system refuses
     */
    public static OneShotIndex open(InetSocketAddress index) throws PeerException {
        throw new PeerException(PeerException.Problem.NETWORK, "not built yet " + index);
    }

    /** Walks the sources, newest first; returns after {@link SearchHandler#onEnd}. */
    public void search(SearchQuery query, SearchHandler handler) {
        handler.onEnd(Ending.CANCELLED);
    }

    /** Walks the rows whose file name contains the filter (at most 50 bytes of UTF-8; "" = all); returns after the end. */
    public void list(String filter, ListHandler handler) {
        handler.onEnd(Ending.CANCELLED);
    }

    @Override
    public void close() {}
}
