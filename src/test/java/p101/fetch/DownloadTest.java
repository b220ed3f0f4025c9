package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.library.ExistingFilePolicy;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.library.ServedFile;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Labels;
import p101.model.PeerName;
import p101.model.Root;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;

/** Downloads over loopback from honest sources. */
class DownloadTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 16383, 16384, 16385, 65535, 65536, 65537, 131_072, 409_600, 5_000_001})
    void everySizeArrivesWhole(int size) throws IOException {
        TestContent content = TestContent.random("data.bin", size, size);
        try (TestServer server = new TestServer("alice", content);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = rig.get(content);
            assertThat(result.failure).isNull();
            assertThat(result.outcome.path()).contains(folder.resolve("data.bin"));
            assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(content.bytes());
            assertThat(result.outcome.content()).isEqualTo(content.content());
            assertThat(result.outcome.sources().get(0).verifiedBytes()).isEqualTo(size);
            assertThat(server.sentBytes.get() - content.manifest().encodedLength())
                    .isEqualTo(size);
        }
    }

    /** Whoever has honest bytes may still call them what he likes: that must not choose which of our files is meant. */
    @Test
    void aManifestCannotGiveTheFileAnotherNameThanWasAskedFor() throws IOException {
        TestContent honest = TestContent.random("song.mp3", 3_000, 6);
        FileName thesis = FileName.of("thesis.doc");
        TestContent renamed = new TestContent(
                honest.bytes(),
                honest.name(),
                honest.content(),
                new Manifest(thesis, honest.manifest().pieces()));
        Files.writeString(folder.resolve("thesis.doc"), "mine");
        try (TestServer server = new TestServer("mallory", renamed);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = rig.get(honest);
            assertThat(result.outcome.path()).contains(folder.resolve("song.mp3"));
            assertThat(folder.resolve("song.mp3")).hasBinaryContent(honest.bytes());
            assertThat(folder.resolve("thesis.doc")).hasContent("mine");
        }
    }

    @Test
    void twoFilesOfOneNameCanBothBeFetchedByTheirLabels() throws IOException {
        FileName name = FileName.of("copyright");
        Files.writeString(folder.resolve(name.value()), "of another folder");
        FileName label = Labels.of(name, "two/copyright");
        TestContent plain = TestContent.random("copyright", 3_000, 7);
        TestContent second = new TestContent(plain.bytes(), label, plain.content(), plain.manifest());
        for (int time = 0; time < 2; time++) {
            try (TestServer server = new TestServer("alice", second);
                    FetchRig rig = new FetchRig(folder)) {
                rig.index.add(server.row());
                FetchRig.Result result = rig.await(rig.start(DownloadRequest.of(
                                Wanted.named(label),
                                new Destination.InFolder(folder, ExistingFilePolicy.SKIP_IDENTICAL))
                        .throughLocalIndex(true)));
                assertThat(result.failure).isNull();
                assertThat(result.outcome.path()).contains(folder.resolve(label.value()));
                assertThat(result.outcome.alreadyThere()).isEqualTo(time == 1);
            }
        }
        assertThat(folder.resolve(name.value())).hasContent("of another folder");
        assertThat(folder.resolve(label.value())).hasBinaryContent(plain.bytes());
    }

    private static final TestContent CONTENT = TestContent.random("data.bin", 12_000_000, 21);
    private static final TestContent OLDER = TestContent.random("data.bin", 11_000_000, 22);

    /** A file of one piece costs one connection and one round trip: both requests are there before the first answer is. */
    @Test
    void aSmallFileIsAskedForInOneGo() throws IOException {
        TestContent small = TestContent.random("small.txt", 3_000, 5);
        TestServer.Script waitForBoth = (request, reply) -> {
            if (request.kind() == RangeKind.MANIFEST) {
                long began = System.nanoTime();
                while (reply.socket.getInputStream().available() < PduLayout.PDU_BYTES) {
                    assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
                    Thread.onSpinWait();
                }
            }
            reply.honestly(request);
        };
        try (TestServer server = new TestServer("alice", small, waitForBoth);
                FetchRig rig = new FetchRig(folder, DownloadLimits.DEFAULT, 1)) {
            rig.index.add(server.row());
            assertWhole(rig.get(small), small);
            assertThat(server.connections.get()).isEqualTo(1);
            assertThat(server.requests).hasSize(2);
        }
    }

    /** Needs a file system of its own; without the right to mount one there is nothing to test. */
    @Test
    void aFullDiskEndsTheDownloadAndRoomLetsItGoOn() throws Exception {
        assumeTrue(system("mount", "-t", "tmpfs", "-o", "size=16m", "p101-test", folder.toString()), "cannot mount");
        try (TestServer half = new TestServer("half", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            half.pieces = everySecond(0);
            rig.index.add(half.row());
            FetchRig.Result full = rig.start(rig.request(CONTENT));
            rig.until(() -> full.shareable != null && full.shareable.pieces().count() == half.pieces.count());
            Path filler = folder.resolve("filler");
            Files.write(filler, new byte[9_000_000]);
            half.pieces = PieceSet.complete(CONTENT.geometry().pieceCount());
            rig.await(full);
            assertThat(full.failure.kind()).isEqualTo(DownloadFailure.Kind.DISK);
            FetchRig.Result stillFull = rig.get(CONTENT);
            assertThat(stillFull.failure.kind()).isEqualTo(DownloadFailure.Kind.DISK);
            Files.delete(filler);
            FetchRig.Result again = rig.get(CONTENT);
            assertWhole(again, CONTENT);
            assertThat(again.resumedBytes).isGreaterThan(5_000_000);
        } finally {
            assertThat(system("umount", "-l", folder.toString())).isTrue();
        }
    }

    private static boolean system(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void twoSourcesShareTheWork() throws IOException {
        try (TestServer one = new TestServer("alice", CONTENT);
                TestServer two = new TestServer("bob", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(one.row(), two.row()));
            FetchRig.Result result = rig.get(CONTENT);
            assertWhole(result, CONTENT);
            assertThat(result.outcome.sources()).hasSize(2).allMatch(source -> source.verifiedBytes() > 500_000);
            long sent = one.sentBytes.get()
                    + two.sentBytes.get()
                    - CONTENT.manifest().encodedLength();
            // The last slice may be asked of both, so that a slow source does not hold up the end; nothing else is.
            assertThat(sent)
                    .as("nothing twice but the end")
                    .isBetween((long) CONTENT.bytes().length, CONTENT.bytes().length + 2L * 1_638_400);
        }
    }

    @Test
    void theNewestContentIsTakenAndTheOthersAreNamed() throws IOException {
        try (TestServer newer = new TestServer("alice", CONTENT);
                TestServer older = new TestServer("bob", OLDER);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(newer.row(), older.row(), older.row()));
            FetchRig.Result result = rig.get(CONTENT);
            assertWhole(result, CONTENT);
            assertThat(result.chosen).isEqualTo(newer.row());
            assertThat(result.others).containsExactly(older.row());
            assertThat(older.connections.get()).isZero();
        }
    }

    @Test
    void anotherContentIsChosenByItsPeer() throws IOException {
        try (TestServer newer = new TestServer("alice", CONTENT);
                TestServer older = new TestServer("bob", OLDER);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(newer.row(), older.row()));
            Wanted fromBob = new Wanted(OLDER.name(), older.name, ContentId.NONE, false);
            assertWhole(rig.await(rig.start(rig.request(fromBob))), OLDER);
        }
    }

    @Test
    void anotherContentIsChosenByItsId() throws IOException {
        try (TestServer newer = new TestServer("alice", CONTENT);
                TestServer older = new TestServer("bob", OLDER);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(newer.row(), older.row()));
            Wanted byId =
                    new Wanted(FileName.NONE, PeerName.NONE, OLDER.content().id(), false);
            assertWhole(rig.await(rig.start(rig.request(byId))), OLDER);
        }
    }

    @Test
    void aFullRootIsObeyed() {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            Root right = CONTENT.content().root();
            Root wrong = new Root(right.a(), right.b(), right.c(), right.d() + 1);
            FetchRig.Result result = rig.await(rig.start(rig.request(CONTENT).withRoot(wrong)));
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.sources.get(0).dropped()).contains(DropReason.GONE);
        }
    }

    @Test
    void partialSourcesCompleteEachOther() throws IOException {
        try (TestServer even = new TestServer("even", CONTENT);
                TestServer odd = new TestServer("odd", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            even.pieces = everySecond(0);
            odd.pieces = everySecond(1);
            rig.index.addAll(List.of(even.row(), odd.row()));
            FetchRig.Result result = rig.get(CONTENT);
            assertWhole(result, CONTENT);
            assertThat(result.dropped).isEmpty();
            assertThat(rig.searches.get(1).partialToo())
                    .as("asked for partial sources then")
                    .isTrue();
        }
    }

    @Test
    void sourcesThatSeemedCompleteAndAreNotAreUsedForWhatTheyHave() throws IOException {
        try (TestServer even = new TestServer("even", CONTENT);
                TestServer odd = new TestServer("odd", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(even.row(), odd.row()));
            even.pieces = everySecond(0);
            odd.pieces = everySecond(1);
            FetchRig.Result result = rig.get(CONTENT);
            assertWhole(result, CONTENT);
            assertThat(result.dropped).isEmpty();
            long refused = even.refusals.get() + odd.refusals.get();
            assertThat(refused).as("asked for what they do not have").isLessThan(12);
        }
    }

    @Test
    void aPartialSourceIsFollowedAsItGrows() throws IOException {
        try (TestServer growing = new TestServer("carol", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            growing.pieces = everySecond(0);
            rig.index.add(growing.row());
            FetchRig.Result result = rig.start(rig.request(CONTENT));
            rig.until(
                    () -> result.shareable != null && result.shareable.pieces().count() == growing.pieces.count());
            growing.pieces = PieceSet.complete(CONTENT.geometry().pieceCount());
            assertWhole(rig.await(result), CONTENT);
        }
    }

    private static PieceSet everySecond(int from) {
        PieceSet pieces = PieceSet.empty(CONTENT.geometry().pieceCount());
        for (int i = from; i < pieces.pieceCount(); i += 2) {
            pieces.add(i);
        }
        return pieces;
    }

    @Test
    void aSourceThatComesLaterIsUsedToo() throws IOException {
        try (TestServer half = new TestServer("half", CONTENT);
                TestServer late = new TestServer("late", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            half.pieces = everySecond(0);
            rig.index.add(half.row());
            FetchRig.Result result = rig.start(rig.request(CONTENT));
            rig.until(
                    () -> result.shareable != null && result.shareable.pieces().count() > 50);
            rig.index.add(late.row());
            assertWhole(rig.await(result), CONTENT);
            assertThat(late.sentBytes.get()).isPositive();
        }
    }

    @Test
    void piecesCanBeServedWhileTheRestComes() throws IOException {
        try (TestServer half = new TestServer("half", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            half.pieces = everySecond(0);
            rig.index.add(half.row());
            FetchRig.Result result = rig.start(rig.request(CONTENT));
            rig.until(
                    () -> result.shareable != null && result.shareable.pieces().has(2));
            ByteBuffer piece = ByteBuffer.allocate(65_536);
            try (ServedFile.Reader reader = result.shareable.open()) {
                assertThat(reader.read(piece, 2 * 65_536)).isEqualTo(65_536);
            }
            assertThat(piece.array()).isEqualTo(Arrays.copyOfRange(CONTENT.bytes(), 2 * 65_536, 3 * 65_536));
            result.download.cancel();
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.CANCELLED);
        }
    }

    @Test
    void aCancelledDownloadGoesOnWhereItWas() throws IOException {
        try (TestServer half = new TestServer("half", CONTENT);
                TestServer whole = new TestServer("whole", CONTENT)) {
            half.pieces = everySecond(0);
            try (FetchRig rig = new FetchRig(folder)) {
                rig.index.add(half.row());
                FetchRig.Result first = rig.start(rig.request(CONTENT));
                rig.until(() ->
                        first.shareable != null && first.shareable.pieces().count() == half.pieces.count());
                first.download.cancel();
                rig.index.set(0, whole.row());
                rig.until(() -> !isLocked(first));
                FetchRig.Result second = rig.get(CONTENT);
                assertWhole(second, CONTENT);
                assertThat(second.resumedBytes).isGreaterThan(5_000_000);
                assertThat(whole.sentBytes.get() - CONTENT.manifest().encodedLength())
                        .isEqualTo(CONTENT.bytes().length - second.resumedBytes);
            }
        }
    }

    /** The first download lets go of its file on another thread. */
    private static boolean isLocked(FetchRig.Result cancelled) {
        try {
            cancelled.shareable.open().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Within one downloader the second waits; of another one, as of another process, it cannot know how long. */
    @Test
    void twoDownloadsNeverWriteOneFile() throws IOException {
        try (TestServer half = new TestServer("half", CONTENT);
                FetchRig rig = new FetchRig(folder);
                FetchRig other = new FetchRig(folder)) {
            half.pieces = everySecond(0);
            rig.index.add(half.row());
            other.index.add(half.row());
            FetchRig.Result first = rig.start(rig.request(CONTENT));
            rig.until(() -> first.shareable != null);
            FetchRig.Result second = other.get(CONTENT);
            assertThat(second.failure.kind()).isEqualTo(DownloadFailure.Kind.IN_USE);
            half.pieces = PieceSet.complete(CONTENT.geometry().pieceCount());
            assertWhole(rig.await(first), CONTENT);
        }
    }

    private void assertWhole(FetchRig.Result result, TestContent content) throws IOException {
        assertThat(result.failure).isNull();
        assertThat(Files.readAllBytes(result.outcome.path().orElseThrow())).isEqualTo(content.bytes());
        try (var left = Files.list(folder)) {
            assertThat(left).as("no partial file is left").hasSize(1);
        }
    }
}
