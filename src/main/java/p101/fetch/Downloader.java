package p101.fetch;

import java.util.List;
import java.util.concurrent.Executor;
import p101.loop.EventLoop;
import p101.model.Randomness;

/**
 * Runs the downloads of a process and holds what they share: the blocks and the worker threads. Make one for each event loop and keep
 * it as long as the loop; loop thread only, except {@link #close}.
 */
public final class Downloader implements AutoCloseable {
    /** Blocks that wait for the disk or the hashing thread before reading pauses: 4.9 MB. */
    private static final int POOL_BLOCKS = 6;

    /** Opening and finishing a file mostly means waiting for the disk: so many downloads may do that at the same time. */
    private static final int FILING_THREADS = 8;

    private final Setting setting;
    private final List<Worker> workers;

    /**
     * With default limits, sources that speak PDU over TCP, and others for the rows that those cannot fetch from.
     *
     * @param others is asked for rows with another way of fetching
     */
    public Downloader(EventLoop loop, SourceFactory others) {
        this(
                loop,
                DownloadLimits.DEFAULT,
                PduSource.factory(loop, DownloadLimits.DEFAULT).orElse(others),
                Randomness.secure());
    }

    /** With default limits and sources that speak PDU over TCP. */
    public Downloader(EventLoop loop) {
        this(loop, DownloadLimits.DEFAULT, PduSource.factory(loop, DownloadLimits.DEFAULT), Randomness.secure());
    }

    /**
     * @param sources makes the source for a row; see {@link PduSource#factory} for the usual one
     */
    public Downloader(EventLoop loop, DownloadLimits limits, SourceFactory sources, Randomness random) {
        this(loop, limits, sources, random, new Worker("p101-hash", 1), new Worker("p101-file", FILING_THREADS));
    }

    private Downloader(
            EventLoop loop,
            DownloadLimits limits,
            SourceFactory sources,
            Randomness random,
            Worker hashing,
            Worker filing) {
        setting = new Setting(loop, limits, sources, random, new BlockPool(POOL_BLOCKS), hashing, filing);
        workers = List.of(hashing, filing);
    }

    /** Tests bring their own threads, or none. */
    Downloader(Setting given) {
        setting = given;
        workers = List.of();
    }

    /** Begins a download; the listener follows it. */
    public Download start(DownloadRequest request, SourceFinder finder, DownloadListener listener) {
        Download download = new Download(setting, request, finder, listener);
        download.start();
        return download;
    }

    /** Ends the worker threads; cancel the downloads first. */
    @Override
    public void close() {
        workers.forEach(Worker::close);
    }

    /** What every part of a download needs from outside. */
    record Setting(
            EventLoop loop,
            DownloadLimits limits,
            SourceFactory sources,
            Randomness random,
            BlockPool blocks,
            Crowd crowd,
            Places places,
            Executor hashing,
            Executor filing) {
        Setting(
                EventLoop loop,
                DownloadLimits limits,
                SourceFactory sources,
                Randomness random,
                BlockPool blocks,
                Executor hashing,
                Executor filing) {
            this(loop, limits, sources, random, blocks, new Crowd(), new Places(filing), hashing, filing);
        }
    }
}
