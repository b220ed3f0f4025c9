package p101.app;

import java.util.LinkedHashMap;
import java.util.Map;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;

/** Sums up a command that gets several files: one line of progress for all, and a few lines at the end. One thread. */
final class GetTally {
    private static final int NAME_COLUMNS = 24;

    /** Of more sources than this the summary names only the number. */
    private static final int MOST_SOURCES = 8;

    private final Messages messages;
    private final int files;
    private final long startNanos;
    private final Map<String, Progress> running = new LinkedHashMap<>();
    private final Map<String, Long> bytesBySource = new LinkedHashMap<>();
    private int done;
    private int alreadyThere;
    private int failed;
    private boolean indexSilent;
    private long fetchedBytes;

    GetTally(Messages messages, int files, long startNanos) {
        this.messages = messages;
        this.files = files;
        this.startNanos = startNanos;
    }

    /** Whether there is anything to sum up. */
    boolean isOfSeveral() {
        return files > 1;
    }

    /**
     * @param name safe to print
     */
    void progress(String name, Progress progress, long nowNanos) {
        running.put(name, progress);
        show(nowNanos);
    }

    void done(String name, DownloadOutcome outcome, long nowNanos) {
        running.remove(name);
        done++;
        alreadyThere += outcome.alreadyThere() ? 1 : 0;
        fetchedBytes += outcome.content().size() - outcome.resumedBytes();
        for (SourceReport source : outcome.sources()) {
            if (source.verifiedBytes() > 0) {
                bytesBySource.merge(source.name(), source.verifiedBytes(), Long::sum);
            }
        }
        show(nowNanos);
    }

    void failed(String name, DownloadFailure.Kind why, long nowNanos) {
        running.remove(name);
        failed++;
        indexSilent |= why == DownloadFailure.Kind.INDEX_SILENT;
        show(nowNanos);
    }

    /** Whether the index did not answer for one of the files. */
    boolean isIndexSilent() {
        return indexSilent;
    }

    private void show(long nowNanos) {
        if (isOfSeveral() && messages.showsProgress()) {
            messages.progress(line(nowNanos));
        }
    }

    /** {@code 57 of 300 files, 2 failed  3.1 MiB  1.2 MiB/s  big.iso 43% 0:07 left}: the file is the one that lacks most. */
    String line(long nowNanos) {
        long bytes = fetchedBytes;
        Map.Entry<String, Progress> longest = null;
        for (Map.Entry<String, Progress> file : running.entrySet()) {
            bytes += file.getValue().verifiedBytes();
            if (longest == null || lacking(file.getValue()) > lacking(longest.getValue())) {
                longest = file;
            }
        }
        String line = done + " of " + files + " files" + failures() + "  " + Texts.size(bytes) + "  "
                + Texts.size(perSecond(bytes, nowNanos)) + "/s";
        return longest == null ? line : line + "  " + describe(longest.getKey(), longest.getValue());
    }

    private static long lacking(Progress progress) {
        return progress.isSizeKnown() ? progress.totalBytes() - progress.verifiedBytes() : 0;
    }

    private static String describe(String name, Progress progress) {
        String left = progress.secondsLeft() < 0 ? "" : " " + Texts.duration(progress.secondsLeft()) + " left";
        String done = progress.isSizeKnown() ? progress.percent() + "%" : Texts.size(progress.verifiedBytes());
        return Texts.cut(name, NAME_COLUMNS) + " " + done + left;
    }

    private long perSecond(long bytes, long nowNanos) {
        return (long) (bytes / (Math.max(1, nowNanos - startNanos) / 1e9));
    }

    private String failures() {
        return failed == 0 ? "" : ", " + failed + " failed";
    }

    /** Says how it went, when there was more than one file. */
    void sumUp(long nowNanos) {
        if (!isOfSeveral()) {
            return;
        }
        messages.endProgress();
        if (bytesBySource.size() > MOST_SOURCES) {
            messages.note("p101: from " + bytesBySource.size() + " sources");
        } else {
            bytesBySource.forEach((source, bytes) ->
                    messages.note("p101: " + Math.round(100.0 * bytes / Math.max(1, total())) + "% from " + source));
        }
        messages.note("p101: " + summary(nowNanos));
    }

    private long total() {
        return bytesBySource.values().stream().mapToLong(bytes -> bytes).sum();
    }

    /** {@code 297 of 300 files, 2 failed, 1 not tried; 1.0 MiB in 1.80 s (569.0 KiB/s)}. */
    String summary(long nowNanos) {
        int untried = files - done - failed;
        return done + " of " + files + " files"
                + (alreadyThere == 0
                        ? ""
                        : ", " + alreadyThere + " of them " + (alreadyThere == 1 ? "was" : "were") + " here already")
                + failures()
                + (untried == 0 ? "" : ", " + untried + " not tried")
                + (fetchedBytes == 0 ? "" : "; " + rate(nowNanos));
    }

    private String rate(long nowNanos) {
        return Texts.size(fetchedBytes) + " in " + Texts.seconds(nowNanos - startNanos) + " ("
                + Texts.size(perSecond(fetchedBytes, nowNanos)) + "/s)";
    }
}
