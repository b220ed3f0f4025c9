package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.Content;
import p101.model.FileName;

class PartialFileTest extends PartialRig {
    @Test
    void appearsUnderItsNameOnlyWhenWhole() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 3, 0, 6);
            assertThat(names()).hasSize(1).allMatch(name -> name.startsWith(".file.bin."));
            assertThatThrownBy(() -> partial.finish(ExistingFilePolicy.OVERWRITE))
                    .isInstanceOf(IllegalStateException.class);
            fetchAll(partial);
            assertThat(partial.finish(ExistingFilePolicy.KEEP))
                    .isEqualTo(folder.toRealPath().resolve("file.bin"));
        }
        assertThat(names()).containsExactly("file.bin");
        assertThat(folder.resolve("file.bin")).hasBinaryContent(BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 16_383, 16_384, 16_385, 65_536, 65_537})
    void anySizeComesOutExact(int size) throws IOException {
        byte[] bytes = TestFiles.pattern(size);
        try (PartialFile partial = PartialFile.open(TestFiles.target(folder.resolve("نام.txt"), bytes), done -> {})) {
            for (int piece = 0; piece < partial.pieces().pieceCount(); piece++) {
                fetch(partial, bytes, piece);
            }
            partial.finish(ExistingFilePolicy.KEEP);
        }
        assertThat(folder.resolve("نام.txt")).hasBinaryContent(bytes);
    }

    @Test
    void resumesWithoutReadingWhatItVerified() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 1, 4);
            partial.write(TestFiles.slice(BYTES, GEOMETRY, 2), GEOMETRY.pieceOffset(2));
        }
        AtomicLong rechecked = new AtomicLong();
        try (PartialFile partial = PartialFile.open(target(), rechecked::set)) {
            assertThat(partial.pieces().toHaveBytes()).containsExactly(0b0100_1000);
            assertThat(rechecked).as("bytes hashed again").hasValue(0);
            fetchAll(partial);
            partial.finish(ExistingFilePolicy.KEEP);
        }
        assertThat(folder.resolve("file.bin")).hasBinaryContent(BYTES);
    }

    /** What somebody else may do to a partial file between two runs; each leaves piece 1 damaged. */
    enum Meddling {
        LATER {
            @Override
            void settle(Path file, FileTime before) throws IOException {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
            }
        },
        TIME_SET_BACK {
            @Override
            void settle(Path file, FileTime before) throws IOException {
                Files.setLastModifiedTime(file, FileTime.from(before.toInstant().minusSeconds(60)));
            }
        },
        GROWN_WITH_THE_TIME_KEPT {
            @Override
            void settle(Path file, FileTime before) throws IOException {
                Files.write(file, new byte[1], StandardOpenOption.APPEND);
                Files.setLastModifiedTime(file, before);
            }
        };

        abstract void settle(Path file, FileTime before) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyElseChangedIsHashedAgain(Meddling meddling) throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 0, 1, 4);
        }
        FileTime before = Files.getLastModifiedTime(hidden());
        damage(GEOMETRY.pieceOffset(1) + 7);
        meddling.settle(hidden(), before);
        AtomicLong rechecked = new AtomicLong();
        try (PartialFile partial = PartialFile.open(target(), rechecked::set)) {
            assertThat(partial.pieces().toHaveBytes()).containsExactly(0b1000_1000);
            assertThat(rechecked).hasValue(3 * GEOMETRY.pieceBytes());
        }
        rechecked.set(0);
        try (PartialFile partial = PartialFile.open(target(), rechecked::set)) {
            assertThat(partial.pieces().count()).isEqualTo(2);
            assertThat(rechecked).as("believed again").hasValue(0);
        }
    }

    @Test
    void onlyTheTimeOfOurOwnLastWriteIsExplained() {
        long noted = 1_700_000_000_000_000_000L;
        long own = TimeUnit.MILLISECONDS.toNanos(ChangeNote.OWN_MILLIS);
        assertThat(ChangeNote.explains(noted, new ChangeTimes(noted, noted))).isTrue();
        assertThat(ChangeNote.explains(noted, new ChangeTimes(noted + own, noted + own)))
                .isTrue();
        assertThat(ChangeNote.explains(noted, new ChangeTimes(noted + own + 1, noted + own)))
                .isFalse();
        assertThat(ChangeNote.explains(noted, new ChangeTimes(noted - 1, noted)))
                .as("set back")
                .isFalse();
        assertThat(ChangeNote.explains(noted, new ChangeTimes(noted, noted + own + 1)))
                .as("set to what it was")
                .isFalse();
        assertThat(ChangeNote.explains(0, new ChangeTimes(noted, noted)))
                .as("no note")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-boot", ""})
    void afterARestartOfTheMachineClaimsAreHashedAgain(String bootId) throws IOException {
        try (PartialFile partial = PartialFile.open(target(), "this-boot", bytes -> {})) {
            fetch(partial, BYTES, 0, 1, 4);
        }
        damage(GEOMETRY.pieceOffset(1) + 7);
        AtomicLong rechecked = new AtomicLong();
        try (PartialFile partial = PartialFile.open(target(), bootId, rechecked::set)) {
            assertThat(partial.pieces().toHaveBytes()).containsExactly(0b1000_1000);
            assertThat(rechecked).hasValue(3 * GEOMETRY.pieceBytes());
        }
    }

    private void damage(long position) throws IOException {
        try (var channel = Files.newByteChannel(hidden(), java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(position).write(ByteBuffer.wrap(new byte[] {0x55}));
        }
    }

    @Test
    void aDamagedJournalIsNotBelievedAndTheContentIsLookedAt() throws IOException {
        for (int at = 0; at < 104; at += 9) {
            try (PartialFile partial = open()) {
                fetch(partial, BYTES, partial.pieces().nextMissing(0));
            } catch (IndexOutOfBoundsException full) {
                break;
            }
            damage(BYTES.length + at);
            try (PartialFile partial = open()) {
                for (int piece = 0; piece < GEOMETRY.pieceCount(); piece++) {
                    assertThat(partial.pieces().has(piece)).isEqualTo(partial.isIntact(piece));
                }
                assertThat(partial.pieces().count()).isEqualTo(Math.min(7, at / 9 + 1));
            }
        }
    }

    @Test
    void anUnknownMarkMakesTheJournalWorthless() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 2);
        }
        damage(BYTES.length + PartialJournal.HEADER_BYTES + 5);
        try (PartialFile partial = open()) {
            assertThat(partial.pieces().toHaveBytes()).containsExactly(0b0010_0000);
        }
    }

    @Test
    void aCopyOfAPartialFileIsHashedAgain() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 0, 1);
        }
        Path copy = folder.resolve("copy");
        Files.copy(hidden(), copy);
        Files.move(copy, hidden(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        AtomicLong rechecked = new AtomicLong();
        try (PartialFile partial = PartialFile.open(target(), rechecked::set)) {
            assertThat(partial.pieces().count()).isEqualTo(2);
            assertThat(rechecked).hasValue(2 * GEOMETRY.pieceBytes());
        }
    }

    @Test
    void killedBetweenCuttingAndNamingItIsStillWhole() throws IOException {
        try (PartialFile partial = open()) {
            fetchAll(partial);
        }
        try (var channel = Files.newByteChannel(hidden(), java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(BYTES.length);
        }
        try (PartialFile partial = open()) {
            assertThat(partial.pieces().isComplete()).isTrue();
            partial.finish(ExistingFilePolicy.KEEP);
        }
        assertThat(folder.resolve("file.bin")).hasBinaryContent(BYTES);
    }

    /** Killed after the file got its name and before it lost the hidden one: the finished file must not be written to. */
    @Test
    void killedWithBothNamesTheFinishedFileIsLeftAlone() throws IOException {
        try (PartialFile partial = open()) {
            fetchAll(partial);
            partial.finish(ExistingFilePolicy.KEEP);
        }
        Path finished = folder.resolve("file.bin");
        Files.createLink(PartialStore.pathFor(finished, target().content().id()), finished);
        try (PartialFile partial = open()) {
            assertThat(partial.pieces().count()).isZero();
            fetch(partial, BYTES, 1);
        }
        assertThat(finished).hasBinaryContent(BYTES);
    }

    @Test
    void onlyOneDownloadWritesAPartialFile() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 0);
            assertThatThrownBy(this::open)
                    .isInstanceOf(PartialFileBusyException.class)
                    .hasMessageContaining("another download");
        }
        open().close();
    }

    @Test
    void aVerifiedPieceIsNeverWrittenAgain() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 2);
            long start = GEOMETRY.pieceOffset(2);
            ByteBuffer two = ByteBuffer.allocate(2);
            assertThatThrownBy(() -> partial.write(two, start)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> partial.write(two, start - 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> partial.write(two, GEOMETRY.pieceOffset(3) - 1))
                    .isInstanceOf(IllegalStateException.class);
            partial.write(two, start - 2);
            partial.write(ByteBuffer.allocate(2), GEOMETRY.pieceOffset(3));
            assertThat(partial.isIntact(2)).isTrue();
        }
    }

    @Test
    void refusesRangesOutsideTheFile() throws IOException {
        try (PartialFile partial = open()) {
            ByteBuffer two = ByteBuffer.allocate(2);
            assertThatThrownBy(() -> partial.write(two, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> partial.write(two, BYTES.length - 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> partial.markVerified(7)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> partial.markVerified(1, Integer.MAX_VALUE))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void servesVerifiedPiecesOnly() throws IOException {
        try (PartialFile partial = open();
                ServedFile.Reader reader = partial.open()) {
            fetch(partial, BYTES, 1, 2, 6);
            partial.write(TestFiles.slice(BYTES, GEOMETRY, 3), GEOMETRY.pieceOffset(3));
            ByteBuffer all = ByteBuffer.allocateDirect(BYTES.length);
            assertThat(reader.read(all, GEOMETRY.pieceOffset(1))).isEqualTo(131_072);
            assertThat(all.limit()).isEqualTo(BYTES.length);
            assertThat(reader.read(all.clear(), GEOMETRY.pieceOffset(6) + 5)).isEqualTo(BYTES.length - 393_221);
            assertThat(reader.read(all.clear(), BYTES.length)).isEqualTo(-1);
            assertThatThrownBy(() -> reader.read(all.clear(), 5)).hasMessageContaining("not held");
            assertThatThrownBy(() -> reader.read(all.clear(), GEOMETRY.pieceOffset(3)))
                    .hasMessageContaining("not held");
        }
    }

    @Test
    void aReaderOutlivesTheEndOfTheDownload() throws IOException {
        PartialFile partial = open();
        ServedFile.Reader reader = partial.open();
        fetchAll(partial);
        partial.finish(ExistingFilePolicy.KEEP);
        partial.close();
        ByteBuffer all = ByteBuffer.allocate(BYTES.length);
        assertThat(reader.read(all, 0)).isEqualTo(BYTES.length);
        assertThat(all.array()).isEqualTo(BYTES);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.read(all.clear(), 0)).isInstanceOf(FileChangedException.class);
    }

    @Test
    void anInterruptedDownloadCanBeAbandoned() throws IOException {
        try (PartialFile partial = open()) {
            fetch(partial, BYTES, 1);
            partial.abandon();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aFileThatDoesNotFitSaysHowMuchIsMissing() throws IOException {
        Geometry geometry = new Geometry(Content.MAX_SIZE);
        PieceHashes hashes = PieceHashes.of(new byte[geometry.pieceCount() * 32]);
        Content huge = new Content(hashes.foldedRoot(geometry), Content.MAX_SIZE);
        FileName name = FileName.of("huge");
        PartialFile.Target target =
                new PartialFile.Target(folder.resolve("huge"), name, huge, new Manifest(name, hashes), 0);
        assertThatThrownBy(() -> PartialFile.open(target, bytes -> {}))
                .isInstanceOf(NotEnoughSpaceException.class)
                .hasMessageContaining("it needs 256.1 TiB")
                .hasMessageContaining("make room for");
        assertThat(names()).isEmpty();
    }

    @Test
    void aLinkInPlaceOfThePartialFileIsNotFollowed() throws IOException {
        Path canary = TestFiles.write(folder.resolve("canary"), new byte[] {7});
        Files.createSymbolicLink(
                PartialStore.pathFor(
                        folder.resolve("file.bin"), target().content().id()),
                canary);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("no ordinary file");
        assertThat(canary).hasBinaryContent(new byte[] {7});
    }

    @Test
    void aManifestOfOtherContentIsRefused() {
        PartialFile.Target target = target();
        Content other = new Content(target.content().root(), BYTES.length + 65_536);
        assertThatThrownBy(() -> new PartialFile.Target(target.path(), target.label(), other, target.manifest(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
