package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import p101.library.ExistingFilePolicy;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Randomness;

/** A real loop with a downloader, turned by the test's thread, and an index that knows a list of rows. */
final class FetchRig implements AutoCloseable {
    private static final long DEADLINE_NANOS = 30_000_000_000L;

    /** Impatient, so that tests of silence and failure are short. */
    static final DownloadLimits LIMITS = new DownloadLimits(
            Duration.ofSeconds(1),
            Duration.ofMillis(800),
            Duration.ofMillis(150),
            Duration.ofSeconds(1),
            4096,
            Duration.ofMillis(1500),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            8,
            24);

    final List<Throwable> failures = new ArrayList<>();
    final EventLoop loop = new EventLoop(System::nanoTime, failures::add);
    final Downloader downloader;
    final List<Candidate> index = new ArrayList<>();
    final List<Wanted> searches = new ArrayList<>();
    final Path folder;

    FetchRig(Path folder) {
        this(folder, LIMITS, 1);
    }

    FetchRig(Path folder, DownloadLimits limits, long seed) {
        this.folder = folder;
        this.downloader = new Downloader(loop, limits, PduSource.factory(loop, limits), Randomness.seeded(seed));
    }

    /** Answers from {@link #index}, as an index would. */
    SourceFinder finder() {
        return (wanted, found, end) -> loop.execute(() -> {
            searches.add(wanted);
            List<Candidate> matching = index.stream()
                    .filter(row -> wanted.partialToo() || !row.isPartial())
                    .filter(row -> wanted.content().isNone() || wanted.content().equals(row.content()))
                    .filter(row -> wanted.peer().isNone() || wanted.peer().equals(row.peer()))
                    .toList();
            matching.forEach(found);
            end.accept(matching.isEmpty() ? new FindEnd.NotFound() : new FindEnd.Done());
        });
    }

    DownloadRequest request(TestContent content) {
        return request(Wanted.named(content.name()));
    }

    DownloadRequest request(Wanted wanted) {
        return DownloadRequest.of(wanted, new Destination.InFolder(folder, ExistingFilePolicy.KEEP))
                .throughLocalIndex(true);
    }

    Result start(DownloadRequest request) {
        Result result = new Result();
        result.download = downloader.start(request, finder(), result);
        return result;
    }

    /** Downloads to the end. */
    Result get(TestContent content) {
        return await(start(request(content)));
    }

    Result await(Result result) {
        until(() -> result.outcome != null || result.failure != null);
        assertThat(failures).isEmpty();
        return result;
    }

    void until(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - began).as("waited too long").isLessThan(DEADLINE_NANOS);
            loop.runOnce(20_000_000);
        }
    }

    @Override
    public void close() {
        downloader.close();
        loop.close();
    }

    /** Writes down what a download tells. */
    static class Result implements DownloadListener {
        Download download;
        DownloadOutcome outcome;
        DownloadFailure failure;
        Candidate chosen;
        long resumedBytes = -1;
        ServedFile shareable;
        List<SourceReport> sources;
        final List<Candidate> others = new ArrayList<>();
        final List<SourceReport> dropped = new ArrayList<>();
        final List<Progress> progress = new ArrayList<>();

        @Override
        public void onChosen(Candidate row) {
            chosen = row;
        }

        @Override
        public void onOtherContent(Candidate row) {
            others.add(row);
        }

        @Override
        public void onStarted(FileName fullName, Content content, long bytes) {
            resumedBytes = bytes;
        }

        @Override
        public void onShareable(ServedFile file) {
            shareable = file;
        }

        @Override
        public void onSourceDropped(SourceReport report) {
            dropped.add(report);
        }

        @Override
        public void onProgress(Progress snapshot) {
            progress.add(snapshot);
        }

        @Override
        public void onDone(DownloadOutcome result) {
            assertThat(outcome == null && failure == null).as("told once").isTrue();
            outcome = result;
            sources = result.sources();
        }

        @Override
        public void onFailed(DownloadFailure result, List<SourceReport> reports) {
            assertThat(outcome == null && failure == null).as("told once").isTrue();
            failure = result;
            sources = reports;
        }
    }
}
