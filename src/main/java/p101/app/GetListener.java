package p101.app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import p101.fetch.Candidate;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Shown;

/** Tells the user how one download goes and ends. */
final class GetListener implements DownloadListener {
    private final Console console;
    private final String name;
    private final String shown;
    private final InetSocketAddress index;
    private final boolean json;
    private final boolean resultsToErrors;
    private final GetTally tally;
    private int exitCode = ExitCode.INTERRUPTED;
    private boolean byGet;
    private boolean over;

    /**
     * @param index that is asked for sources; null when none is
     * @param resultsToErrors when standard output is where the content goes
     * @param tally of all the files of the command
     */
    GetListener(
            Console console,
            FileName file,
            InetSocketAddress index,
            boolean json,
            boolean resultsToErrors,
            GetTally tally) {
        this.console = console;
        this.name = file.value();
        this.shown = Shown.text(name);
        this.index = index;
        this.json = json;
        this.resultsToErrors = resultsToErrors;
        this.tally = tally;
    }

    /** How it ended; {@link ExitCode#INTERRUPTED} when it did not begin. */
    int exitCode() {
        return exitCode;
    }

    /** Whether the download has ended. */
    boolean isOver() {
        return over;
    }

    @Override
    public void onChosen(Candidate chosen) {
        byGet = chosen.isByGet();
    }

    @Override
    public void onOtherContent(Candidate other) {
        console.messages()
                .note("p101: " + shown + " is also the name of another content, " + Texts.size(other.size()) + " from "
                        + Shown.text(other.peer().value()) + "; --id " + other.content() + " gets that");
    }

    @Override
    public void onStarted(FileName fullName, Content content, long resumedBytes) {
        if (resumedBytes > 0) {
            console.messages()
                    .note("p101: " + shown + ": going on with " + Texts.size(resumedBytes) + " that are here already");
        }
    }

    @Override
    public void onSourceDropped(SourceReport dropped) {
        dropped.dropped()
                .ifPresent(reason -> console.messages()
                        .note("p101: " + shown + ": " + dropped.name()
                                + (reason.isRetriable() ? " " : " is not asked any more: it ") + reason.text()
                                + (dropped.detail().isEmpty() ? "" : " (" + dropped.detail() + ")")));
    }

    @Override
    public void onProgress(Progress progress) {
        if (tally.isOfSeveral()) {
            tally.progress(shown, progress, System.nanoTime());
        } else if (console.messages().showsProgress()) {
            console.messages()
                    .progress(ProgressText.line(
                            Texts.cut(shown, 30),
                            progress.verifiedBytes(),
                            progress.totalBytes(),
                            progress.bytesPerSecond(),
                            progress.secondsLeft()));
        }
    }

    @Override
    public void onDone(DownloadOutcome outcome) {
        over = true;
        exitCode = ExitCode.OK;
        console.messages().endProgress();
        if (json) {
            tell(json(outcome).toString());
        } else {
            if (!tally.isOfSeveral()) {
                tellSources(outcome);
            }
            tell(summary(outcome));
        }
        tally.done(shown, outcome, System.nanoTime());
    }

    private void tellSources(DownloadOutcome outcome) {
        outcome.sources().stream()
                .filter(source -> source.verifiedBytes() > 0)
                .forEach(source -> console.messages().note("p101: " + share(source, outcome)));
    }

    private void tell(String line) {
        if (resultsToErrors) {
            console.messages().note(line);
        } else {
            try {
                console.out().line(line);
                console.out().flush();
            } catch (OutputClosedException lost) {
                // The other downloads go on; the output fails again when the command ends, which then tells.
            }
        }
    }

    /** {@code song.ogg: 1.2 MiB in 0.53 s (2.3 MiB/s), verified}. */
    private String summary(DownloadOutcome outcome) {
        long size = outcome.content().size();
        long fetched = size - outcome.resumedBytes();
        String file = outcome.path()
                .map(path -> Shown.text(path.getFileName().toString()))
                .orElse(Shown.text(outcome.fullName().value()));
        if (outcome.alreadyThere()) {
            return file + ": " + Texts.size(size) + ", is here already with this very content; left as it is";
        }
        if (fetched == 0 && size > 0) {
            return file + ": " + Texts.size(size) + ", all of it was here already, verified";
        }
        return file + ": " + Texts.size(size) + " in " + Texts.seconds(outcome.nanos()) + " ("
                + Texts.size(perSecond(fetched, outcome.nanos())) + (byGet ? "/s), not verified" : "/s), verified");
    }

    /** {@code 62% from alice (10.0.0.7:6010), 120.0 MiB/s}. */
    private static String share(SourceReport source, DownloadOutcome outcome) {
        long fetched = Math.max(1, outcome.content().size() - outcome.resumedBytes());
        return Math.round(100.0 * source.verifiedBytes() / fetched) + "% from " + source.name() + ", "
                + Texts.size(source.bytesPerSecond()) + "/s";
    }

    private static long perSecond(long bytes, long nanos) {
        return (long) (bytes / (Math.max(1, nanos) / 1e9));
    }

    private JsonLine json(DownloadOutcome outcome) {
        return new JsonLine()
                .add("name", outcome.fullName().value())
                .add("path", outcome.path().map(path -> path.toString()).orElse(null))
                .add("size", outcome.content().size())
                .add("id", outcome.content().id().toString())
                .add("root", outcome.content().root().toString())
                .add("already_there", outcome.alreadyThere())
                .add("resumed", outcome.resumedBytes())
                .add("verified", !byGet)
                .add("milliseconds", outcome.nanos() / 1_000_000)
                .add("sources", sources(outcome.sources()));
    }

    private static List<JsonLine> sources(List<SourceReport> reports) {
        List<JsonLine> sources = new ArrayList<>();
        for (SourceReport report : reports) {
            sources.add(new JsonLine()
                    .add("peer", report.peer().value())
                    .add("address", report.endpoint().address().getHostAddress())
                    .add("port", report.endpoint().port())
                    .add("bytes", report.verifiedBytes())
                    .add("received", report.receivedBytes())
                    .add(
                            "dropped",
                            report.dropped().map(reason -> reason.text()).orElse(null)));
        }
        return sources;
    }

    @Override
    public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
        over = true;
        exitCode = exitCode(failure.kind());
        if (json) {
            console.messages().endProgress();
            tell(new JsonLine()
                    .add("name", name)
                    .add(
                            "error",
                            failure.kind()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'))
                    .add("text", isIndexSilent(failure) ? Failures.silentIndex(index) : failure.text())
                    .add("sources", sources(sources))
                    .toString());
        }
        tellError(failure);
        tally.failed(shown, failure.kind(), System.nanoTime());
    }

    /** A silent index is a matter of the whole command, and told once. */
    private void tellError(DownloadFailure failure) {
        if (!isIndexSilent(failure)) {
            console.messages().error(shown + ": " + advice(failure));
        } else if (!tally.isIndexSilent()) {
            console.messages().error(Failures.silentIndex(index));
        }
    }

    private boolean isIndexSilent(DownloadFailure failure) {
        return index != null && failure.kind() == DownloadFailure.Kind.INDEX_SILENT;
    }

    /** The downloader knows what is wrong, the command knows by which options it is mended. */
    private static String advice(DownloadFailure failure) {
        return switch (failure.kind()) {
            case CANCELLED -> "interrupted; the same command goes on where it stopped";
            case EXISTS -> failure.text() + " (-o FILE, --existing rename, --existing overwrite)";
            default -> failure.text();
        };
    }

    private static int exitCode(DownloadFailure.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case INDEX_SILENT -> ExitCode.INDEX_SILENT;
            case REFUSED -> ExitCode.REFUSED;
            case NO_SOURCE -> ExitCode.NO_SOURCE;
            case DISK, EXISTS -> ExitCode.DISK;
            case IN_USE -> ExitCode.IN_USE;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }
}
