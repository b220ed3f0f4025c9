package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.content.ContentLimits;
import p101.content.ContentServer;
import p101.library.Catalog;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;
import p101.pdu.RowFlags;

/** Real content servers and real downloaders over loopback, each downloader serving what it has. */
class SharingWhileDownloadingTest {
    private static final TestContent CONTENT = TestContent.random("lecture.bin", 30_000_000, 77);

    /** Those of the program: the rig's own would drop a source for what a busy machine does to it. */
    private static final DownloadLimits PATIENT = DownloadLimits.DEFAULT;

    @TempDir
    Path folder;

    /** Serves one file, or nothing yet. */
    private static final class OneFile implements Catalog {
        private ServedFile file;

        @Override
        public Optional<ServedFile> byRoot(Root root) {
            return Optional.ofNullable(file)
                    .filter(served -> served.content().root().equals(root));
        }

        @Override
        public Optional<ServedFile> byHint(ContentId id) {
            return Optional.ofNullable(file)
                    .filter(served -> served.content().id().equals(id));
        }

        @Override
        public Optional<ServedFile> byLabel(FileName label) {
            return Optional.ofNullable(file).filter(served -> served.label().equals(label));
        }
    }

    private static ContentServer serve(FetchRig rig, Catalog catalog) {
        try {
            ContentServer server = new ContentServer(rig.loop, catalog, ContentLimits.DEFAULT);
            server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Candidate row(ContentServer server, String name, int flags) {
        return new Candidate(
                1,
                flags,
                Endpoint.of(server.localAddress()),
                CONTENT.bytes().length,
                CONTENT.content().id(),
                PeerName.of(name));
    }

    @Test
    void aRealContentServerIsFetchedFrom() throws IOException {
        try (FetchRig rig = new FetchRig(folder, PATIENT, 1)) {
            OneFile catalog = new OneFile();
            catalog.file = new MemoryFile(CONTENT);
            rig.index.add(row(serve(rig, catalog), "seeder", 0));
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure).isNull();
            assertThat(Files.readAllBytes(folder.resolve("lecture.bin"))).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void thoseWhoDownloadFetchFromEachOther() throws IOException {
        int students = 6;
        try (FetchRig rig = new FetchRig(folder, PATIENT, 1)) {
            OneFile seeder = new OneFile();
            seeder.file = new MemoryFile(CONTENT);
            Candidate seederRow = row(serve(rig, seeder), "seeder", 0);
            rig.index.add(seederRow);
            List<FetchRig.Result> results = new ArrayList<>();
            for (int i = 0; i < students; i++) {
                results.add(startStudent(rig, "student" + i));
            }
            for (FetchRig.Result result : results) {
                awaitWhole(rig, result);
            }
            // How much those six exchanged is a matter of speed; who comes when the seeder has left has only them.
            rig.index.remove(seederRow);
            FetchRig.Result late = startStudent(rig, "late");
            awaitWhole(rig, late);
            long fromStudents = late.outcome.sources().stream()
                    .mapToLong(SourceReport::verifiedBytes)
                    .sum();
            assertThat(fromStudents).isEqualTo(CONTENT.bytes().length);
        }
    }

    /** Two who each reach one half of the content only: neither gets whole without what the other has just fetched. */
    @Test
    void whatIsStillBeingDownloadedIsServedAlready() throws IOException {
        try (TestServer even = new TestServer("even", CONTENT);
                TestServer odd = new TestServer("odd", CONTENT);
                FetchRig rig = new FetchRig(folder, PATIENT, 1)) {
            even.pieces = everySecond(0);
            odd.pieces = everySecond(1);
            rig.index.addAll(List.of(even.row(), odd.row()));
            FetchRig.Result ann = startStudent(rig, "ann", odd.endpoint());
            FetchRig.Result bob = startStudent(rig, "bob", even.endpoint());
            awaitWhole(rig, ann);
            awaitWhole(rig, bob);
            assertThat(bytesFrom(ann, "bob")).isEqualTo(bytesOf(odd.pieces));
            assertThat(bytesFrom(bob, "ann")).isEqualTo(bytesOf(even.pieces));
        }
    }

    private static PieceSet everySecond(int first) {
        PieceSet pieces = PieceSet.empty(CONTENT.geometry().pieceCount());
        for (int i = first; i < pieces.pieceCount(); i += 2) {
            pieces.add(i);
        }
        return pieces;
    }

    private static long bytesOf(PieceSet pieces) {
        long bytes = 0;
        for (int i = pieces.nextHeld(0); i < pieces.pieceCount(); i = pieces.nextHeld(i + 1)) {
            bytes += CONTENT.geometry().pieceLength(i);
        }
        return bytes;
    }

    private static long bytesFrom(FetchRig.Result result, String peer) {
        return result.outcome.sources().stream()
                .filter(source -> source.peer().value().equals(peer))
                .mapToLong(SourceReport::verifiedBytes)
                .sum();
    }

    private static void awaitWhole(FetchRig rig, FetchRig.Result result) throws IOException {
        rig.await(result);
        assertThat(result.failure).isNull();
        assertThat(result.dropped).isEmpty();
        assertThat(Files.readAllBytes(result.outcome.path().orElseThrow())).isEqualTo(CONTENT.bytes());
    }

    private FetchRig.Result startStudent(FetchRig rig, String name) throws IOException {
        return startStudent(rig, name, null);
    }

    /**
     * Downloads, and registers as a partial source as soon as it can serve.
     *
     * @param hidden a source that it is not to see; may be null
     */
    private FetchRig.Result startStudent(FetchRig rig, String name, Endpoint hidden) throws IOException {
        OneFile own = new OneFile();
        ContentServer server = serve(rig, own);
        Candidate ownRow = row(server, name, RowFlags.PARTIAL);
        Path target = Files.createDirectory(folder.resolve(name));
        FetchRig.Result result = new FetchRig.Result() {
            @Override
            public void onShareable(ServedFile file) {
                own.file = file;
                rig.index.add(ownRow);
            }

            @Override
            public void onDone(DownloadOutcome outcome) {
                super.onDone(outcome);
                own.file = new MemoryFile(CONTENT);
                rig.index.add(row(server, name, 0));
            }
        };
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(CONTENT.name()),
                        new Destination.InFolder(target, p101.library.ExistingFilePolicy.KEEP))
                .throughLocalIndex(true)
                .sharingAs(
                        PeerName.of(name),
                        row -> row.endpoint().equals(ownRow.endpoint())
                                || row.endpoint().equals(hidden));
        result.download = rig.downloader.start(request, rig.finder(), result);
        return result;
    }
}
