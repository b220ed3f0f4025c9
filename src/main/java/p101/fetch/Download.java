package p101.fetch;

import java.util.List;

/** One download. Loop thread only. */
public final class Download {
    private final DownloadListener listener;

    Download(Downloader.Setting setting, DownloadRequest request, SourceFinder finder, DownloadListener listener) {
        this.listener = listener;
    }

    void start() {}

    /** Ends it; what was verified stays for another time. {@link DownloadListener#onFailed} follows. */
    public void cancel() {
        listener.onFailed(new DownloadFailure(DownloadFailure.Kind.CANCELLED, "cancelled"), List.of());
    }
}
