package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.LibraryListener;
import p101.library.LibraryOptions;
import p101.library.Manifest;
import p101.library.PartialFile;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.RowFlags;

/** When the pieces of a download are offered to others, and when they are taken back; time is moved by hand. */
class SharedDownloadTest {
    private static final long SHARE_AFTER_NANOS = ClientRig.SECOND;
    private static final FileName FILE = FileName.of("file");

    @TempDir
    Path folder;

    private final ClientRig rig = new ClientRig(1);
    private final TinyIndex index = new TinyIndex(rig);
    private final Registrations rows =
            new Registrations(rig.client, Randomness.seeded(1), ClientRig.ALICE, new RegistrationsListener() {});
    private final EventLoop loop = new EventLoop(rig::now);
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> waitingForTheRow = new ArrayList<>();
    private Library library;
    private HashedFile hashed;
    private PartialFile partial;
    private SharedDownload download;
    private boolean shares = true;

    @BeforeEach
    void start() throws IOException {
        library = Library.open(new LibraryOptions(null, 1, 10), Clock.SYSTEM, new LibraryListener() {});
        Path original = Files.writeString(folder.resolve("original"), "content");
        hashed = HashedFile.of(original, bytes -> {});
        Manifest manifest = new Manifest(FILE, hashed.pieces());
        partial = PartialFile.open(
                new PartialFile.Target(folder.resolve("file"), FILE, hashed.content(), manifest, 0), bytes -> {});
        download = new SharedDownload(loop, new Host(), new Listener(), SHARE_AFTER_NANOS);
        rows.start(rig.now());
        index.serve();
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        library.close();
        partial.close();
    }

    private void pass(long nanos) {
        rig.advance(nanos);
        loop.runOnce(0);
        index.serve();
    }

    private DownloadOutcome outcome(Path path) {
        return new DownloadOutcome(Optional.ofNullable(path), FILE, hashed.content(), false, 0, 1, List.of());
    }

    private boolean isServed() {
        return library.byRoot(hashed.content().root()).isPresent();
    }

    @Test
    void aShortDownloadIsNeverOffered() {
        download.onShareable(partial);
        pass(SHARE_AFTER_NANOS - 1);
        download.onDone(outcome(null));
        pass(10 * SHARE_AFTER_NANOS);
        assertThat(index.adverts).isEmpty();
        assertThat(isServed()).isFalse();
        assertThat(told).containsExactly("shareable", "ended", "done");
    }

    @Test
    void oneThatIsNearlyOverIsOfferedOnlyWhenItLastsLonger() {
        download.onShareable(partial);
        download.onProgress(new Progress(90, 100, 10, 1, 1));
        pass(SHARE_AFTER_NANOS);
        assertThat(isServed()).isFalse();
        download.onProgress(new Progress(91, 100, 1, 9, 1));
        pass(ClientRig.SECOND - 1);
        assertThat(isServed()).isFalse();
        pass(1);
        assertThat(isServed()).isTrue();
        assertThat(index.adverts.get(FILE).rowFlags()).isEqualTo(RowFlags.PARTIAL);
    }

    @Test
    void aLongOneIsOfferedAsPartialAndTakenBackWhenItFails() {
        download.onShareable(partial);
        pass(SHARE_AFTER_NANOS);
        assertThat(index.adverts.get(FILE).rowFlags()).isEqualTo(RowFlags.PARTIAL);
        assertThat(isServed()).isTrue();
        download.onFailed(new DownloadFailure(DownloadFailure.Kind.NO_SOURCE, "no"), List.of());
        index.serve();
        assertThat(index.rows).isEmpty();
        assertThat(isServed()).isFalse();
        assertThat(told).containsExactly("shareable", "ended", "failed");
    }

    @Test
    void theWholeFileTakesTheRowOverWithoutAGap() {
        download.onShareable(partial);
        pass(SHARE_AFTER_NANOS);
        download.onDone(outcome(folder.resolve("file")));
        assertThat(told).as("not before the host says so").containsExactly("shareable", "there");
        rows.put(new Advert(ClientRig.ALICE, FILE, 0, 7, hashed.content().id()), null, rig.now());
        waitingForTheRow.forEach(Runnable::run);
        index.serve();
        assertThat(index.served).noneMatch(request -> request instanceof p101.pdu.Pdu.Deregister);
        assertThat(index.adverts.get(FILE).rowFlags()).isZero();
        assertThat(told).containsExactly("shareable", "there", "ended", "done");
    }

    @Test
    void aRowThatNobodyTakesOverGoes() {
        download.onShareable(partial);
        pass(SHARE_AFTER_NANOS);
        download.onDone(outcome(folder.resolve("file")));
        waitingForTheRow.forEach(Runnable::run);
        index.serve();
        assertThat(index.rows).isEmpty();
    }

    @Test
    void anotherFileOfTheSameNameKeepsItsRow() {
        Advert other = new Advert(
                PeerName.of("alice"), FILE, 0, 99, ClientRig.advert("x").content());
        rows.put(other, null, rig.now());
        index.serve();
        download.onShareable(partial);
        pass(SHARE_AFTER_NANOS);
        download.onFailed(new DownloadFailure(DownloadFailure.Kind.CANCELLED, "no"), List.of());
        index.serve();
        assertThat(index.adverts.get(FILE)).isEqualTo(other);
        assertThat(index.rows).hasSize(1);
    }

    @Test
    void whoDoesNotShareOffersNothing() {
        shares = false;
        download.onShareable(partial);
        pass(10 * SHARE_AFTER_NANOS);
        download.onDone(outcome(null));
        assertThat(index.adverts).isEmpty();
        assertThat(told).containsExactly("shareable", "ended", "done");
    }

    private final class Host implements SharedDownload.Host {
        @Override
        public SharedDownload.Sharer sharer() {
            return shares ? new Sharer() : null;
        }

        @Override
        public void onFileThere(Path path, HashedFile pieces, Runnable done) {
            assertThat(pieces.content()).isEqualTo(hashed.content());
            told.add("there");
            waitingForTheRow.add(done);
        }

        @Override
        public void onEnded() {
            told.add("ended");
        }
    }

    private final class Sharer implements SharedDownload.Sharer {
        @Override
        public Library library() {
            return library;
        }

        @Override
        public Registrations registrations() {
            return rows;
        }

        @Override
        public Advert advert(ServedFile file, int rowFlags) {
            return new Advert(
                    ClientRig.ALICE,
                    file.label(),
                    rowFlags,
                    file.content().size(),
                    file.content().id());
        }

        @Override
        public void settle() {}
    }

    private final class Listener implements DownloadListener {
        @Override
        public void onShareable(ServedFile file) {
            told.add("shareable");
        }

        @Override
        public void onDone(DownloadOutcome done) {
            told.add("done");
        }

        @Override
        public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
            told.add("failed");
        }
    }
}
