package p101.menu;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import p101.fetch.Candidate;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;

/** Keeps the latest word about one download: written on the peer's thread, read on any. */
final class TransferWatch implements DownloadListener {
    private static final int MEGA = 1_000_000;

    private final String name;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String latest;
    /** Nothing proves what comes by the other protocol. Peer's thread. */
    private boolean byGet;

    /**
     * @param name safe to print
     */
    TransferWatch(String name) {
        this.name = name;
        this.latest = name + ": looking for sources";
    }

    String latest() {
        return latest;
    }

    boolean isEnded() {
        return ended.getCount() == 0;
    }

    boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    @Override
    public void onChosen(Candidate chosen) {
        byGet = chosen.isByGet();
    }

    @Override
    public void onSourceDropped(SourceReport dropped) {
        latest = name + ": " + dropped.name() + " is not asked any more: it "
                + dropped.dropped().map(reason -> reason.text()).orElse("ended");
    }

    @Override
    public void onProgress(Progress progress) {
        String done =
                progress.isSizeKnown() ? progress.percent() + "%" : progress.verifiedBytes() / MEGA + " MB so far";
        latest = name + ": " + done + ", " + progress.bytesPerSecond() / MEGA + " MB/s"
                + (progress.secondsLeft() < 0 ? "" : ", " + progress.secondsLeft() + " s left");
    }

    @Override
    public void onDone(DownloadOutcome outcome) {
        end(name + (byGet ? ": downloaded, not verified, " : ": downloaded and verified, ")
                + outcome.content().size() + " bytes" + from(outcome) + "; registered");
    }

    private static String from(DownloadOutcome outcome) {
        StringBuilder names = new StringBuilder();
        for (SourceReport source : outcome.sources()) {
            if (source.verifiedBytes() > 0) {
                names.append(names.length() == 0 ? " from " : ", ").append(source.name());
            }
        }
        return names.toString();
    }

    @Override
    public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
        end(
                failure.kind() == DownloadFailure.Kind.NOT_FOUND
                        ? "File Request does not exist"
                        : name + ": " + failure.text());
    }

    private void end(String text) {
        latest = text;
        ended.countDown();
    }
}
