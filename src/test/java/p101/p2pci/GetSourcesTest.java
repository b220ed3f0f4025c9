package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.Candidate;
import p101.fetch.Destination;
import p101.fetch.Download;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.fetch.FindEnd;
import p101.fetch.Progress;
import p101.fetch.SourceReport;
import p101.fetch.Wanted;
import p101.library.ExistingFilePolicy;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.PeerName;
import p101.pdu.RowFlags;
import p101.testing.LoopRig;

/** Downloads from P2P-CI programs, over real sockets; only time is moved. */
class GetSourcesTest {
    private static final String HEAD =
            "P2P-CI/1.0 200 OK\r\nDate: d\r\nOS: o\r\nLast-Modified: l\r\nContent-Length: 8\r\nContent-Type: text/plain\r\n\r\n";
    private static final RfcNumber NUMBER = new RfcNumber(5);

    @TempDir
    Path folder;

    private final LoopRig rig = new LoopRig();
    private final List<Candidate> rows = new ArrayList<>();
    private final GetPrograms programs = new GetPrograms(rig);
    private final List<String> requests = programs.requests;
    private final List<String> notes = new ArrayList<>();
    private final Watch watch = new Watch();
    private boolean localIndex = true;
    private Download download;
    private Path spools;
    private GetSources sources;
    private Downloader downloader;

    @BeforeEach
    void start() throws IOException {
        spools = Files.createDirectory(folder.resolve("spools"));
        sources = new GetSources(rig.loop, spools, true, Clock.SYSTEM, notes::add);
        downloader = new Downloader(rig.loop, sources);
    }

    @AfterEach
    void stop() throws IOException {
        downloader.close();
        sources.close();
        rig.close();
        try (Stream<Path> left = Files.list(spools)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileComesAndTheUserIsToldWhatNothingProves() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(requests)
                .containsExactly("GET RFC 5 P2P-CI/1.0\r\nHost: 127.0.0.1\r\nOS: " + UploadHead.SYSTEM + "\r\n\r\n");
        assertThat(notes).hasSize(1).first().asString().contains("only its length could be checked");
    }

    @Test
    void theOtherFormIsTriedAfterARefusal() throws IOException {
        program(request ->
                request.contains("\r") ? "P2P-CI/1.0 505 P2P-CI Version Not Supported\n" : HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).isEqualTo(requests.get(0).replace("\r", ""));
    }

    @Test
    void theOtherFormIsTriedAfterSilence() throws IOException {
        program(request -> request.contains("\r") ? null : HEAD + "one\ntwo\n");
        begin();
        rig.until("the first request", () -> requests.size() == 1);
        rig.move(GetFetch.ANSWER_NANOS);
        finish();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void theOtherFormIsTriedAfterAClose() throws IOException {
        program(request -> request.contains("\r") ? "" : HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aBlankLineThatWasTheContentsOwnIsPutBack() throws IOException {
        program(request -> HEAD.replace("plain\r\n\r\n", "plain\r\n").replace("8", "9") + "\none\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("\none\ntwo\n");
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        program(request -> HEAD.replace("8", "20") + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(notes.get(0)).contains("only 8 of 20 bytes came");
    }

    @Test
    void aSecondProgramIsComparedWithTheFirst() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "never\nit");
        download();
        assertThat(notes)
                .containsExactly("rfc5.txt came by GET: two programs sent the same content, which nothing else proves");
        assertThat(requests).hasSize(2);
    }

    @Test
    void whenTwoProgramsDifferTheFirstIsTakenAndTheUserIsTold() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "two\none\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(notes)
                .containsExactly(
                        "rfc5.txt came by GET: two programs sent different content, and nothing proves either");
    }

    @Test
    void theFileIsHeldBackUntilTheSecondProgramIsComparedOrTooSlow() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        program(request -> null);
        begin();
        rig.until("the second program", () -> requests.size() == 2);
        rig.move(GetFetch.ANSWER_NANOS);
        rig.until("the other form", () -> requests.size() == 3);
        assertThat(watch.over).isFalse();
        rig.move(GetSearch.COMPARE_NANOS - GetFetch.ANSWER_NANOS);
        finish();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(notes).hasSize(1).first().asString().contains("from one program");
    }

    @Test
    void aProgramIsNoSecondSourceForItself() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        Candidate row = rows.get(0);
        rows.add(new Candidate(1, row.rowFlags(), row.endpoint(), 0, ContentId.NONE, PeerName.of("another")));
        download();
        assertThat(requests).hasSize(1);
        assertThat(notes).hasSize(1).first().asString().contains("from one program");
    }

    @Test
    void ofTwoContentsTheOneWithTheRightLengthIsTaken() throws IOException {
        program(request -> HEAD + "one\n");
        program(request -> HEAD + "two\none\n");
        download();
        assertThat(fetched()).isEqualTo("two\none\n");
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).contains("only 4 of 8 bytes came");
        assertThat(notes.get(1)).contains("different content").contains("has the length that was promised");
    }

    @Test
    void progressIsToldWhileTheFileComes() throws IOException {
        program(request -> {
            rig.pass(500_000_000L);
            return HEAD.replace("8", "2000000") + "0123456789".repeat(200_000);
        });
        download();
        Progress progress = watch.progress.get(0);
        assertThat(progress.totalBytes()).isEqualTo(2_000_000);
        assertThat(progress.verifiedBytes()).isBetween(1L, 2_000_000L);
        assertThat(progress.bytesPerSecond()).isBetween(1L, 4_100_000L);
    }

    @Test
    void withoutALengthProgressHasNoTotal() throws IOException {
        program(request -> {
            rig.pass(500_000_000L);
            return HEAD.replace("Content-Length: 8\r\n", "") + "one\ntwo\n";
        });
        download();
        assertThat(watch.progress.get(0).isSizeKnown()).isFalse();
        assertThat(watch.progress.get(0).percent()).isZero();
    }

    @Test
    void afterACancelNobodyElseIsAsked() {
        programs.keepOpen = true;
        program(request -> {
            rig.pass(500_000_000L);
            return HEAD + "one\n";
        });
        program(request -> HEAD + "one\ntwo\n");
        begin();
        rig.until("some of it", () -> !watch.progress.isEmpty());
        download.cancel();
        assertThat(watch.failure.kind()).isEqualTo(DownloadFailure.Kind.CANCELLED);
        rig.move(GetFetch.SILENCE_NANOS);
        rig.until("the end of the fetch", () -> programs.closed == 1);
        rig.turn();
        assertThat(requests).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void twoDownloadsOfOneFileDoNotDisturbEachOther() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        Watch other = new Watch();
        begin();
        begin(Files.createDirectory(folder.resolve("other")), other);
        rig.until("both ends", () -> watch.over && other.over);
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(other.outcome.path().orElseThrow()).hasContent("one\ntwo\n");
    }

    @Test
    void whenOneProgramCannotDeliverTheNextIsAsked() throws IOException {
        program(request -> "P2P-CI/1.0 404 Not Found\r\n");
        program(request -> "HTTP/1.1 200 OK\r\n\r\n");
        program(request -> HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void whenNobodyCanDeliverTheReasonIsTold() {
        program(request -> "P2P-CI/1.0 404 Not Found\r\n");
        rows.add(
                new Candidate(1, RowFlags.P2PCI_GET, Shares.endpoint("127.0.0.1:1"), 0, ContentId.NONE, PeerName.NONE));
        begin();
        rig.until("the end", () -> {
            rig.move(100_000_000L);
            return watch.over;
        });
        assertThat(watch.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
        assertThat(watch.failure.text()).contains("does not have it any more").contains("nobody listens");
    }

    @Test
    void aBigFileAndAnEmptyOneComeWhole() throws IOException {
        String big = "0123456789".repeat(200_000);
        program(request -> HEAD.replace("8", "2000000") + big);
        download();
        assertThat(fetched()).isEqualTo(big);
        Files.delete(watch.outcome.path().orElseThrow());
        rows.clear();
        watch.over = false;
        program(request -> HEAD.replace("8", "0"));
        download();
        assertThat(fetched()).isEmpty();
    }

    @Test
    void onLoopbackNobodyIsAskedForAnIndexElsewhere() {
        sources = new GetSources(rig.loop, spools, false, Clock.SYSTEM, notes::add);
        localIndex = false;
        program(request -> HEAD + "one\ntwo\n");
        begin();
        finish();
        assertThat(requests).isEmpty();
        assertThat(watch.failure.text()).contains("may not send us to");
    }

    private void download() {
        begin();
        finish();
        assertThat(watch.failure).isNull();
    }

    private void begin() {
        download = begin(folder, watch);
    }

    private Download begin(Path into, Watch watching) {
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(NUMBER.fileName()), new Destination.InFolder(into, ExistingFilePolicy.KEEP))
                .throughLocalIndex(localIndex);
        return downloader.start(
                request,
                sources.around((wanted, found, end) -> rig.loop.execute(() -> {
                    if (!wanted.file().isNone()) {
                        rows.forEach(found);
                    }
                    end.accept(new FindEnd.Done());
                })),
                watching);
    }

    private void finish() {
        rig.until("the end", () -> watch.over);
    }

    private String fetched() throws IOException {
        return Files.readString(watch.outcome.path().orElseThrow());
    }

    private void program(UnaryOperator<String> answer) {
        rows.add(programs.add(answer));
    }

    private static final class Watch implements DownloadListener {
        private DownloadOutcome outcome;
        private DownloadFailure failure;
        private final List<Progress> progress = new ArrayList<>();
        private boolean over;

        @Override
        public void onProgress(Progress now) {
            progress.add(now);
        }

        @Override
        public void onDone(DownloadOutcome done) {
            outcome = done;
            over = true;
        }

        @Override
        public void onFailed(DownloadFailure failed, List<SourceReport> reports) {
            failure = failed;
            over = true;
        }
    }
}
