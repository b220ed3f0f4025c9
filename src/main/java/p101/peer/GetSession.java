package p101.peer;

import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;

/**
 * What {@code p101 get} runs on: downloads without a peer. The calling thread is the event loop. When a download takes longer than
 * a second and a half, the pieces that are there are shared under the session's name as long as it lasts. One thread, except
 * {@link #cancel}.
 */
public final class GetSession implements AutoCloseable {
    private GetSession() {}

    /**
     * Opens the socket to the index.
     *
     * @throws PeerException when the operating system refuses
     */
    public static GetSession open(GetConfig config) throws PeerException {
        return new GetSession();
    }

    /** Walks the sources of a query, newest first; returns after the end. */
    public void search(SearchQuery query, SearchHandler handler) {
        handler.onEnd(Ending.CANCELLED);
    }

    /** Begins a download; {@link #run} carries it on. Several may go on together. */
    public void start(DownloadRequest request, DownloadListener listener) {}

    /** Runs until every download has ended. */
    public void run() {}

    /** Shares what was downloaded for a while longer, then de-registers it. */
    public void keepSharing(long nanos) {}

    /** Ends every download and {@link #keepSharing} soon; any thread. */
    public void cancel() {}

    /** De-registers what was shared, within 2 s, and frees everything. */
    @Override
    public void close() {}
}
