package p101.fetch;

import java.util.concurrent.Executor;
import p101.loop.EventLoop;
import p101.model.Randomness;

/**
 * Runs the downloads of a process and holds what they share: the blocks and the worker threads. Make one for each event loop and keep
 * it as long as the loop; loop thread only, except {@link #close}.
 */
public final class Downloader implements AutoCloseable {
    /** Blocks that wait for the disk or the hashing thread before reading pauses: 3.3 MB. */
    private static final int POOL_BLOCKS = 8;

    private final Worker hashing = new Worker("p101-hash");
    private final Worker filing = new Worker("p101-file");
    private final Setting setting;

    /** With default limits and sources that speak PDU over TCP. */
    public Downloader(EventLoop loop) {
        this(loop, DownloadLimits.DEFAULT, PduSource.factory(loop, DownloadLimits.DEFAULT), Randomness.secure());
    }

    /**
     * @param sources makes the source for a row; see {@link PduSource#factory} for the usual one
     */
    public Downloader(EventLoop loop, DownloadLimits limits, SourceFactory sources, Randomness random) {
        this(new Setting(loop, limits, sources, random, new BlockPool(POOL_BLOCKS), null, null));
    }

    /** Tests bring their own threads, or none; executors that are {@code null} are made here. */
    Downloader(Setting given) {
        setting = given.hashing() != null ? given : given.on(hashing, filing);
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
        hashing.close();
        filing.close();
    }

    /** What every part of a download needs from outside. */
    record Setting(
            EventLoop loop,
            DownloadLimits limits,
            SourceFactory sources,
            Randomness random,
            BlockPool blocks,
            Executor hashing,
            Executor filing) {
        private Setting on(Executor hashingThread, Executor filingThread) {
            return new Setting(loop, limits, sources, random, blocks, hashingThread, filingThread);
        }
    }
}
