package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Labels;

/** What is shared, under which names, and what is noticed. */
class LibraryTest {
    @TempDir
    Path temp;

    private Path folder;
    private LibraryRig rig;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temp.resolve("shared")).toRealPath();
        rig = new LibraryRig(temp.resolve("state"));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Path file(String name, int size) {
        return TestFiles.writeOld(folder.resolve(name), TestFiles.pattern(size));
    }

    @Test
    void sharesAFolderWithAllBelow() throws IOException {
        file("a.txt", 10);
        file("sub/deeper/b.txt", 200_000);
        file("sub/empty", 0);
        assertThat(rig.add(folder))
                .extracting(file -> file.label().value())
                .containsExactlyInAnyOrder("a.txt", "b.txt", "empty");
        assertThat(rig.labels()).containsExactly("a.txt", "b.txt", "empty");
        ServedFile b = rig.byLabel("b.txt");
        HashedFile expected = TestFiles.hashed(TestFiles.pattern(200_000));
        assertThat(b.content()).isEqualTo(expected.content());
        assertThat(b.manifest()).isEqualTo(new Manifest(FileName.of("b.txt"), expected.pieces()));
        assertThat(b.pieces().isComplete()).isTrue();
        assertThat(rig.library.byRoot(expected.content().root())).containsSame(b);
        assertThat(rig.library.byHint(expected.content().id())).containsSame(b);
        assertThat(rig.library.byHint(new ContentId(42))).isEmpty();
        assertThat(rig.library.byLabel(FileName.of("none"))).isEmpty();
        assertThat(rig.library.pathOf(b)).contains(folder.resolve("sub/deeper/b.txt"));
    }

    @Test
    void sharesASingleFileAlone() throws IOException {
        Path one = file("one.bin", 70_000);
        file("two.bin", 5);
        assertThat(rig.add(one)).hasSize(1);
        rig.rescan();
        assertThat(rig.labels()).containsExactly("one.bin");
        assertThat(rig.add(one)).as("added again").hasSize(1);
        rig.expectEvents("+one.bin");
    }

    @Test
    void whatIsNoOrdinaryFileIsSaidOnceAndLeftOut() throws Exception {
        file("good", 1);
        file(".hidden", 1);
        file(".git/config", 1);
        file("con.txt", 1);
        file("a\u202Eb", 1);
        Files.createSymbolicLink(folder.resolve("link"), file("../outside", 3));
        Files.createSymbolicLink(folder.resolve("linked-folder"), temp);
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        assertThat(rig.add(folder)).hasSize(1);
        rig.rescan();
        assertThat(rig.labels()).containsExactly("good");
        String refused = " has a name that is refused: ";
        rig.expectEvents(
                "+good",
                "!link is a link",
                "!linked-folder is a link",
                "!pipe is no ordinary file",
                "!con.txt" + refused + "\"con\" is the name of a device on some systems",
                "!a\u202Eb" + refused + "a name may not hold the character U+202E");
    }

    @Test
    void aSingleFileThatCannotBeSharedSaysWhy() throws IOException {
        assertThatThrownBy(() -> rig.library.add(folder.resolve("none"))).isInstanceOf(IOException.class);
        Path device = file("con.txt", 1);
        assertThatThrownBy(() -> rig.library.add(device)).hasMessageContaining("name of a device");
        assertThatThrownBy(() -> rig.library.add(Path.of("/dev/null"))).hasMessageContaining("ordinary");
        assertThat(rig.labels()).isEmpty();
    }

    @Test
    void longNamesTravelUnderALabelAndCollidingOnesToo() throws IOException {
        String longName = "A rather long name of a lecture about peer to peer systems.pdf";
        file(longName, 1);
        file("x/notes.txt", 2);
        file("y/notes.txt", 3);
        file("z/notes.txt", 4);
        rig.add(folder);
        assertThat(rig.labels()).hasSize(4).contains("notes.txt");
        assertThat(rig.library.files()).allMatch(file -> file.label().fitsPdu());
        ServedFile labelled =
                rig.library.byLabel(Library.labelOf(FileName.of(longName))).orElseThrow();
        assertThat(labelled.fullName().value()).isEqualTo(longName);
        assertThat(labelled.manifest().name().value()).isEqualTo(longName);
        ServedFile second = rig.library
                .byLabel(Labels.of(FileName.of("notes.txt"), "shared/y/notes.txt"))
                .orElseThrow();
        assertThat(second.content().size()).isEqualTo(3);
        assertThat(second.fullName().value()).isEqualTo("notes.txt");
        assertThat(rig.byLabel("notes.txt").content().size()).isEqualTo(2);
    }

    @Test
    void namesOfAnotherNormalFormAreSharedInNfc() throws IOException {
        file("cafe\u0301.txt", 1);
        rig.add(folder);
        assertThat(rig.labels()).containsExactly("caf\u00E9.txt");
        assertThat(rig.byLabel("caf\u00E9.txt").open()).isNotNull();
    }

    @Test
    void aRestartReadsNothingAgain() throws IOException {
        file("small", 10);
        file("large", 300_000);
        rig.add(folder);
        HashProgress first = rig.library.progress();
        // Whether both count in one go depends on how soon the first one is done.
        assertThat(first.bytesDone()).isEqualTo(first.bytesTotal()).isIn(10L, 300_000L, 300_010L);
        TestFiles.await(() -> rig.progress.contains(first));
        Manifest manifest = rig.byLabel("large").manifest();
        rig.close();
        rig = new LibraryRig(temp.resolve("state"));
        rig.add(folder);
        assertThat(rig.labels()).containsExactly("large", "small");
        assertThat(rig.library.progress().bytesTotal()).as("bytes hashed again").isZero();
        assertThat(rig.byLabel("large").manifest()).isEqualTo(manifest);
    }

    @Test
    void aFileThatWasHashedRightAfterItWasWrittenIsNotCached() throws IOException {
        Path young = TestFiles.write(folder.resolve("young"), TestFiles.pattern(10));
        Files.setLastModifiedTime(young, java.nio.file.attribute.FileTime.fromMillis(rig.clock.unixMillis() - 20));
        rig.add(folder);
        assertThat(rig.labels()).containsExactly("young");
        rig.close();
        rig = new LibraryRig(temp.resolve("state"));
        rig.add(folder);
        assertThat(rig.library.progress().bytesTotal()).isEqualTo(10);
    }

    @Test
    void aLostCacheCostsHashingOnly() throws IOException {
        file("large", 300_000);
        rig.add(folder);
        Files.write(temp.resolve("state/hashes"), new byte[16]);
        assertThatThrownBy(() -> rig.byLabel("large").manifest()).isInstanceOf(IOException.class);
        assertThat(rig.labels()).isEmpty();
        rig.rescan();
        assertThat(rig.byLabel("large").content())
                .isEqualTo(TestFiles.hashed(TestFiles.pattern(300_000)).content());
    }

    @Test
    void aSecondLibraryOnTheSameStateWorksWithoutTheCache() throws IOException {
        file("large", 300_000);
        rig.add(folder);
        try (LibraryRig second = new LibraryRig(temp.resolve("state"))) {
            second.add(folder);
            assertThat(second.library.progress().bytesTotal()).isEqualTo(300_000);
            assertThat(second.byLabel("large").manifest())
                    .isEqualTo(rig.byLabel("large").manifest());
        }
    }

    @Test
    void newFilesAreNoticedWhenNothingWritesToThemAnyMore() throws IOException {
        rig.add(folder);
        Path file = TestFiles.write(folder.resolve("new"), TestFiles.pattern(10));
        rig.rescan();
        assertThat(rig.labels()).as("may still be written").isEmpty();
        rig.clock.advanceMillis(Shelf.QUIET_MILLIS - 500);
        TestFiles.write(file, TestFiles.pattern(20));
        rig.rescan();
        assertThat(rig.labels()).isEmpty();
        rig.clock.advanceMillis(5_000);
        rig.rescan();
        assertThat(rig.byLabel("new").content().size()).isEqualTo(20);
    }

    @Test
    void changedFilesAreWithdrawnAndComeBack() throws IOException {
        Path file = file("file", 10);
        rig.add(folder);
        TestFiles.write(file, TestFiles.pattern(11));
        rig.rescan();
        rig.expectEvents("+file", "-file");
        assertThat(rig.library.byLabel(FileName.of("file"))).isEmpty();
        rig.clock.advanceMillis(5_000);
        rig.rescan();
        rig.expectEvents("+file");
        assertThat(rig.byLabel("file").content().size()).isEqualTo(11);
    }

    @Test
    void removedFilesAndFoldersAreNoticed() throws IOException {
        Path file = file("file", 10);
        Path below = file("sub/below", 10);
        rig.add(folder);
        rig.expectEvents("+file", "+below");
        Files.delete(file);
        Files.delete(below);
        Files.delete(below.getParent());
        rig.rescan();
        rig.expectEvents("-file", "-below");
        assertThat(rig.library.byHint(
                        TestFiles.hashed(TestFiles.pattern(10)).content().id()))
                .isEmpty();
    }

    @Test
    void ofTwoFilesWithOneContentEitherServes() throws IOException {
        Path first = file("first", 100);
        file("second", 100);
        rig.add(folder);
        Files.delete(first);
        rig.rescan();
        assertThat(rig.library.byRoot(
                        TestFiles.hashed(TestFiles.pattern(100)).content().root()))
                .containsSame(rig.byLabel("second"));
    }

    @Test
    void whatIsRemovedStaysOutUntilItIsAddedAgain() throws IOException {
        Path file = file("file", 10);
        file("other", 20);
        rig.add(folder);
        assertThat(rig.library.remove(FileName.of("file"))).isTrue();
        assertThat(rig.library.remove(FileName.of("file"))).isFalse();
        rig.rescan();
        assertThat(rig.labels()).containsExactly("other");
        rig.add(file);
        assertThat(rig.labels()).containsExactly("file", "other");
        assertThat(rig.library.remove(folder)).isTrue();
        assertThat(rig.library.remove(folder)).isFalse();
        rig.rescan();
        assertThat(rig.labels()).containsExactly("file");
    }

    @Test
    void aFinishedDownloadIsSharedWithoutReading() throws IOException {
        rig.add(folder);
        byte[] bytes = TestFiles.pattern(300_000);
        Path file = TestFiles.write(folder.resolve("got"), bytes);
        ServedFile served = rig.library.addHashed(file, TestFiles.hashed(bytes));
        rig.rescan();
        assertThat(rig.library.byLabel(FileName.of("got"))).containsSame(served);
        assertThat(rig.library.progress().bytesTotal()).isZero();
        rig.expectEvents("+got");
        rig.clock.advanceMillis(5_000);
        rig.rescan();
        rig.close();
        rig = new LibraryRig(temp.resolve("state"));
        rig.add(folder);
        assertThat(rig.library.progress().bytesTotal())
                .as("cached once it is settled")
                .isZero();
        assertThatThrownBy(() -> rig.library.addHashed(file, TestFiles.hashed(new byte[5])))
                .isInstanceOf(FileChangedException.class);
    }

    @Test
    void partialFilesAreFoundBehindWholeOnes() throws IOException {
        byte[] bytes = TestFiles.pattern(300_000);
        try (PartialFile partial = PartialFile.open(TestFiles.target(folder.resolve("f"), bytes), done -> {})) {
            rig.library.addPartial(partial);
            assertThat(rig.library.byRoot(partial.content().root())).containsSame(partial);
            assertThat(rig.library.byLabel(FileName.of("f"))).containsSame(partial);
            file("whole", 300_000);
            rig.add(folder);
            assertThat(rig.library.byRoot(partial.content().root())).containsSame(rig.byLabel("whole"));
            assertThat(rig.labels())
                    .as("the hidden partial file is no shared file")
                    .containsExactly("whole");
            rig.library.removePartial(partial);
            assertThat(rig.library.byLabel(FileName.of("f"))).isEmpty();
        }
    }

    @Test
    void filesBeyondTheLimitAreLeftOutAndThatIsSaid() throws IOException {
        rig.close();
        rig = new LibraryRig(new LibraryOptions(null, 1, 3));
        for (int i = 0; i < 5; i++) {
            file("f" + i, i);
        }
        rig.add(folder);
        assertThat(rig.labels()).containsExactly("f0", "f1", "f2");
        rig.expectEvents("+f0", "+f1", "+f2", "!shared has more than 3 files; the rest is left out");
    }

    @Test
    void aFileThatCannotBeReadIsSaidAndTriedAgain() throws IOException {
        Path file = file("secret", 10);
        Files.setPosixFilePermissions(file, java.util.Set.of());
        org.assertj.core.api.Assumptions.assumeThat(Files.isReadable(file))
                .as("this user reads everything")
                .isFalse();
        CompletableFuture<List<ServedFile>> future = rig.library.add(file);
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        rig.expectEvents("!secret cannot be read");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        rig.rescan();
        assertThat(rig.labels()).containsExactly("secret");
    }

    @Test
    void manySmallFilesAndALargeOneAreHashedBySeveralThreads() throws IOException {
        for (int i = 0; i < 300; i++) {
            file("many/f" + i, i * 37);
        }
        file("large", 30_000_000);
        assertThat(rig.add(folder)).hasSize(301);
        assertThat(rig.byLabel("large").content())
                .isEqualTo(TestFiles.hashed(TestFiles.pattern(30_000_000)).content());
        HashProgress end = rig.library.progress();
        assertThat(end.bytesDone()).isEqualTo(end.bytesTotal());
        assertThat(end.filesDone()).isEqualTo(end.filesTotal());
        for (int i = 0; i < 300; i++) {
            assertThat(rig.byLabel("f" + i).content())
                    .isEqualTo(TestFiles.hashed(TestFiles.pattern(i * 37)).content());
        }
    }

    @Test
    void closingEndsWhatIsBeingHashed() throws Exception {
        for (int i = 0; i < 50; i++) {
            file("f" + i, 2_000_000);
        }
        CompletableFuture<List<ServedFile>> future = rig.library.add(folder);
        rig.library.close();
        assertThat(future.get(20, TimeUnit.SECONDS)).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void rescansByItselfWhenAskedTo() throws IOException {
        rig.close();
        rig = new LibraryRig((Path) null);
        rig.add(folder);
        file("new", 10);
        rig.library.startRescanning();
        TestFiles.await(() -> !rig.labels().isEmpty());
    }
}
