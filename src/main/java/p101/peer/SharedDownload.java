package p101.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import p101.fetch.Candidate;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.model.Content;
import p101.model.FileName;
import p101.pdu.RowFlags;

/**
 * Between a download and whoever asked for it: once it has lasted a while, others are told of the pieces that are there, and at
 * the end its file is handed to the process that shares. Loop thread.
 */
final class SharedDownload implements DownloadListener {
    /** What the process that downloads does for it. */
    interface Host {
        /** Whatever makes this process a source, begun now if need be; null when it does not share. */
        Sharer sharer();

        /**
         * The file is there. Call {@code told} when the world may know, soon in any case.
         *
         * @param hashed null when nothing is known of its pieces
         */
        void onFileThere(Path path, HashedFile hashed, Runnable told);

        /** A source was found, and with it the size of the file. */
        default void onChosen(Candidate source) {}

        /** The download has ended, either way. */
        void onEnded();
    }

    /** A library and its registrations. */
    interface Sharer {
        Library library();

        Registrations registrations();

        /** The row that a file of this process gets. */
        Advert advert(ServedFile file, int rowFlags);

        /** To be called after anything was asked of the registrations. */
        void settle();
    }

    private static final long NEARLY_OVER_SECONDS = 1;
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;

    private final EventLoop loop;
    private final Host host;
    private final DownloadListener listener;
    private final long shareAfterNanos;
    private ServedFile partial;
    private TimerHandle timer;
    private boolean offered;
    private boolean registered;

    /** By the last word on it; -1 = unknown. */
    private long secondsLeft = -1;

    SharedDownload(EventLoop loop, Host host, DownloadListener listener, long shareAfterNanos) {
        this.loop = loop;
        this.host = host;
        this.listener = listener;
        this.shareAfterNanos = shareAfterNanos;
    }

    @Override
    public void onShareable(ServedFile file) {
        partial = file;
        timer = loop.schedule(shareAfterNanos, this::offer);
        listener.onShareable(file);
    }

    /** Serves the pieces and says so, unless another file has the label. */
    private void offer() {
        if (isNearlyOver()) {
            timer = loop.schedule(LOOK_AGAIN_NANOS, this::offer);
            return;
        }
        timer = null;
        Sharer sharer = host.sharer();
        if (sharer == null) {
            return;
        }
        sharer.library().addPartial(partial);
        offered = true;
        if (sharer.registrations().find(partial.label()) == null) {
            registered = true;
            long now = loop.nowNanos();
            sharer.registrations().put(sharer.advert(partial, RowFlags.PARTIAL), null, now);
            sharer.settle();
        }
    }

    /** Nobody can fetch much from it before it ends, and whoever begins with it has to look for another source at once. */
    private boolean isNearlyOver() {
        return secondsLeft >= 0 && secondsLeft <= NEARLY_OVER_SECONDS;
    }

    /** Serves the pieces no longer. */
    private void withdraw() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (offered) {
            offered = false;
            host.sharer().library().removePartial(partial);
        }
    }

    /** Takes the row of the pieces back, unless the whole file has taken it over. */
    private void withdrawRow() {
        if (!registered) {
            return;
        }
        registered = false;
        Sharer sharer = host.sharer();
        Advert row = sharer.registrations().find(partial.label());
        if (row != null && (row.rowFlags() & RowFlags.PARTIAL) != 0) {
            sharer.registrations().remove(partial.label(), null, loop.nowNanos());
            sharer.settle();
        }
    }

    @Override
    public void onDone(DownloadOutcome outcome) {
        withdraw();
        if (outcome.path().isEmpty()) {
            end(outcome);
        } else {
            host.onFileThere(outcome.path().get(), hashed(), () -> end(outcome));
        }
    }

    private void end(DownloadOutcome outcome) {
        withdrawRow();
        host.onEnded();
        listener.onDone(outcome);
    }

    private HashedFile hashed() {
        try {
            return partial == null
                    ? null
                    : new HashedFile(partial.content(), partial.manifest().pieces());
        } catch (IOException unknown) {
            return null; // it is hashed again
        }
    }

    @Override
    public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
        withdraw();
        withdrawRow();
        host.onEnded();
        listener.onFailed(failure, sources);
    }

    @Override
    public void onChosen(Candidate chosen) {
        host.onChosen(chosen);
        listener.onChosen(chosen);
    }

    @Override
    public void onOtherContent(Candidate other) {
        listener.onOtherContent(other);
    }

    @Override
    public void onStarted(FileName fullName, Content content, long resumedBytes) {
        listener.onStarted(fullName, content, resumedBytes);
    }

    @Override
    public void onSourceDropped(SourceReport dropped) {
        listener.onSourceDropped(dropped);
    }

    @Override
    public void onProgress(Progress progress) {
        secondsLeft = progress.secondsLeft();
        listener.onProgress(progress);
    }
}
