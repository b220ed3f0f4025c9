package p101.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import p101.fetch.Candidate;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.fetch.SourceFinder;
import p101.library.HashedFile;
import p101.loop.EventLoop;

/**
 * What {@code p101 get} runs on: downloads without a peer. The calling thread is the event loop. When a download takes longer than
 * a second and a half, the pieces that are there are shared under the session's name as long as it lasts. One thread, except
 * {@link #cancel} and {@link #status}.
 */
public final class GetSession implements AutoCloseable {
    /** Enough for the waiting of small downloads to overlap, few enough for a small memory. */
    public static final int MOST_AT_ONCE = 8;

    /** A download that is over sooner needs no helpers, and should not pay for a content server. */
    private static final long SHARE_AFTER_NANOS = 1_500_000_000L;

    private static final long LONGEST_TURN_NANOS = 1_000_000_000L;

    private final GetConfig config;
    private final EventLoop loop;
    private final IndexPort index;
    private final Dialect.Fetching fetching;
    private final Downloader downloader;
    private final SourceFinder finder;
    private final boolean localIndex;
    private final List<Host> running = new ArrayList<>();
    private final List<Finished> finished = new ArrayList<>();
    private Runnable indexSlow = () -> {};
    private GetSharing sharing;
    private boolean sharingFailed;
    private volatile boolean cancelled;
    private volatile PeerStatus status;

    /**
     * A download that can be shared whole.
     *
     * @param hashed null when the file was here before and its pieces are hashed when they are needed
     */
    private record Finished(Path path, HashedFile hashed) {
        /** Null when it is gone, or cannot be read any more. */
        HashedFile pieces() {
            try {
                return hashed == null ? HashedFile.of(path, bytes -> {}) : hashed;
            } catch (IOException gone) {
                return null;
            }
        }
    }

    private GetSession(GetConfig config, EventLoop loop, IndexPort index) {
        this.config = config;
        this.loop = loop;
        this.index = index;
        this.localIndex = PeerCore.isOfThisMachine(config.index().getAddress());
        this.fetching = config.dialect().fetching(loop, localIndex);
        this.finder = fetching.around(new IndexSourceFinder(index, () -> indexSlow.run()));
        this.downloader = new Downloader(loop, fetching.sources());
        publish();
    }

    /**
     * Opens the socket to the index.
     *
     * @throws PeerException when the operating system refuses
     */
    public static GetSession open(GetConfig config) throws PeerException {
        EventLoop loop = new EventLoop(System::nanoTime);
        boolean opened = false;
        try {
            IndexPort index = IndexPort.open(loop, config.index(), config.bind());
            index.run(IndexClient.forQueries(SystemRandomness.open(), index), null, () -> {});
            GetSession session = new GetSession(config, loop, index);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                loop.close();
            }
        }
    }

    /** Before the first download: what to do, once, when the index lets them wait for its first answer. */
    public void onIndexSlow(Runnable slow) {
        indexSlow = slow;
    }

    /** Walks the sources of a query, newest first; returns after the end. */
    public void search(SearchQuery query, SearchHandler handler) {
        boolean[] ended = new boolean[1];
        index.search(query, new SearchHandler() {
            @Override
            public boolean onFound(FoundRow row) {
                return handler.onFound(row);
            }

            @Override
            public void onSlow() {
                handler.onSlow();
            }

            @Override
            public void onEnd(Ending ending) {
                ended[0] = true;
                handler.onEnd(ending);
            }
        });
        while (!ended[0] && !cancelled) {
            loop.runOnce(LONGEST_TURN_NANOS);
        }
        if (!ended[0]) {
            handler.onEnd(Ending.CANCELLED);
        }
    }

    /** Begins a download; {@link #run} carries it on. Several may go on together. */
    public void start(DownloadRequest request, DownloadListener listener) {
        Host host = new Host(new Transfer(loop));
        running.add(host);
        SharedDownload shared = new SharedDownload(loop, host, listener, SHARE_AFTER_NANOS);
        DownloadRequest own = request.throughLocalIndex(localIndex);
        if (!config.name().isNone()) {
            own = own.sharingAs(config.name(), this::isOwnRow);
        }
        host.transfer.began(downloader.start(own, finder, shared));
    }

    private boolean isOwnRow(Candidate row) {
        return sharing != null
                && row.endpoint().port() == sharing.port()
                && row.peer().equals(config.name());
    }

    /** Runs until every download has ended. */
    public void run() {
        run(Collections.emptyIterator(), MOST_AT_ONCE);
    }

    /**
     * Does many downloads, in this order as far as their beginnings go; small ones several at a time. Returns when all have
     * ended, or after {@link #cancel} those that had begun.
     *
     * @param orders asked for the next one whenever one more may begin
     * @param mostAtOnce 1 for one after the other; see {@link #MOST_AT_ONCE}
     */
    public void run(Iterator<GetOrder> orders, int mostAtOnce) {
        beginNext(orders, mostAtOnce);
        while (!running.isEmpty()) {
            loop.runOnce(LONGEST_TURN_NANOS);
            if (cancelled) {
                cancelRunning();
            }
            beginNext(orders, mostAtOnce);
        }
    }

    private void beginNext(Iterator<GetOrder> orders, int mostAtOnce) {
        while (!cancelled && GetPace.allowsOneMore(runningBytes(), mostAtOnce) && orders.hasNext()) {
            GetOrder order = orders.next();
            start(order.request(), order.listener());
        }
    }

    private List<Long> runningBytes() {
        return running.stream().map(host -> host.bytes).toList();
    }

    private void cancelRunning() {
        List.copyOf(running).forEach(host -> host.transfer.cancelNow());
    }

    /**
     * Shares what was downloaded, or asked for and here already, for a while longer; returns when that is over or {@link
     * #cancel} was called. Before it begins, files that were here already are hashed.
     *
     * @throws PeerException when the content server cannot be started
     */
    public void keepSharing(long nanos) throws PeerException {
        if (finished.isEmpty()) {
            return;
        }
        openSharing();
        for (Finished file : finished) {
            HashedFile pieces = cancelled ? null : file.pieces();
            if (pieces != null) {
                sharing.add(file.path(), pieces);
            }
        }
        long end = System.nanoTime() + nanos;
        while (!cancelled && end - System.nanoTime() > 0) {
            loop.runOnce(Math.min(LONGEST_TURN_NANOS, end - System.nanoTime()));
        }
    }

    /** How its sharing stands, with port 0 while it does not share; never blocks. Any thread. */
    public PeerStatus status() {
        return status;
    }

    private void publish() {
        status = sharing == null ? new PeerStatus(config.name(), 0, 0, 0, 0, false, 0) : sharing.status();
    }

    /** Where it shares; 0 while it does not. */
    public int sharingPort() {
        return sharing == null ? 0 : sharing.port();
    }

    /** Ends every download and {@link #keepSharing} soon; any thread. */
    public void cancel() {
        cancelled = true;
        loop.execute(() -> {});
    }

    /** De-registers what was shared, within 2 s, and frees everything. */
    @Override
    public void close() {
        cancelRunning();
        downloader.close();
        fetching.close();
        if (sharing != null) {
            sharing.leave();
        }
        index.close();
        loop.close();
    }

    private void openSharing() throws PeerException {
        if (sharing == null) {
            sharing = GetSharing.open(loop, config, this::publish);
            publish();
        }
    }

    private final class Host implements SharedDownload.Host {
        private final Transfer transfer;
        private long bytes = GetPace.UNKNOWN_BYTES;

        Host(Transfer transfer) {
            this.transfer = transfer;
        }

        /** Whoever cannot share downloads all the same; it is tried once. */
        @Override
        public SharedDownload.Sharer sharer() {
            if (config.name().isNone() || sharingFailed) {
                return null;
            }
            try {
                openSharing();
                return sharing;
            } catch (PeerException refused) {
                sharingFailed = true;
                return null;
            }
        }

        @Override
        public void onFileThere(Path path, HashedFile hashed, Runnable told) {
            if (config.keep()) {
                finished.add(new Finished(path, hashed));
            }
            told.run();
        }

        @Override
        public void onChosen(Candidate source) {
            bytes = source.size();
        }

        @Override
        public void onEnded() {
            transfer.onEnded();
            running.remove(this);
            // The turn that this ends in may be about to wait: have it look again first.
            loop.execute(() -> {});
        }
    }
}
