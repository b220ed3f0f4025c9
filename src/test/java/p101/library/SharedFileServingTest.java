package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what is shared: exact bytes, never those of a changed file, never those of a file outside. */
class SharedFileServingTest {
    private static final byte[] BYTES = TestFiles.pattern(300_000);
    private static final byte CANARY = 0x5A;

    @TempDir
    Path temp;

    private Path folder;
    private LibraryRig rig;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(temp.resolve("shared")).toRealPath();
        rig = new LibraryRig((Path) null);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private ServedFile share(String below) {
        TestFiles.writeOld(folder.resolve(below), BYTES);
        return rig.add(folder).get(0);
    }

    @Test
    void anyRangeIsExact() throws IOException {
        ServedFile file = share("sub/file");
        SplittableRandom random = new SplittableRandom(3);
        try (ServedFile.Reader reader = file.open()) {
            for (int round = 0; round < 500; round++) {
                int position = random.nextInt(BYTES.length);
                ByteBuffer bytes = ByteBuffer.allocateDirect(1 + random.nextInt(70_000));
                int count = reader.read(bytes, position);
                assertThat(count).isEqualTo(Math.min(bytes.capacity(), BYTES.length - position));
                assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(BYTES, position, count));
            }
            assertThat(reader.read(ByteBuffer.allocate(5), BYTES.length)).isEqualTo(-1);
            assertThat(reader.read(ByteBuffer.allocate(0), 5)).isZero();
        }
    }

    /** What may happen to a file while it is served. */
    enum Mishap {
        TRUNCATED {
            @Override
            void befall(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(70_000);
                }
            }
        },
        GROWN {
            @Override
            void befall(Path file) throws IOException {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            }
        },
        WRITTEN_OVER {
            @Override
            void befall(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[] {CANARY}), 100);
                }
            }
        },
        REPLACED_BY_ONE_OF_THE_SAME_SIZE_AND_TIME {
            @Override
            void befall(Path file) throws IOException {
                Path other = Files.write(file.resolveSibling("other"), new byte[BYTES.length]);
                Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        DELETED {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
            }
        },
        REPLACED_BY_A_LINK {
            @Override
            void befall(Path file) throws IOException {
                Files.move(file, file.resolveSibling(".moved"));
                Files.createSymbolicLink(file, file.resolveSibling(".moved").toAbsolutePath());
            }
        };

        abstract void befall(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aChangedFileIsNeverRead(Mishap mishap) throws IOException {
        ServedFile file = share("sub/file");
        try (ServedFile.Reader reader = file.open()) {
            assertThat(reader.read(ByteBuffer.allocate(1_000), 0)).isEqualTo(1_000);
            mishap.befall(folder.resolve("sub/file"));
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1_000), 0))
                    .isInstanceOf(FileChangedException.class);
            assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1_000), 100_000))
                    .isInstanceOf(FileChangedException.class);
        }
        assertThatThrownBy(file::open).isInstanceOf(FileChangedException.class);
    }

    @Test
    void aPipeInPlaceOfAFileIsNotOpened() throws Exception {
        ServedFile file = share("file");
        Files.delete(folder.resolve("file"));
        new ProcessBuilder("mkfifo", folder.resolve("file").toString()).start().waitFor();
        assertThatThrownBy(file::open).isInstanceOf(FileChangedException.class);
    }

    @Test
    void aFolderThatBecameALinkLeadsNowhere() throws IOException {
        ServedFile file = share("sub/file");
        Path outside = temp.resolve("outside");
        Files.move(folder.resolve("sub"), outside);
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        assertThat(folder.resolve("sub/file"))
                .as("the very file, through a link")
                .hasBinaryContent(BYTES);
        assertThatThrownBy(file::open).isInstanceOf(FileChangedException.class);
        rig.rescan();
        assertThat(rig.library.files()).isEmpty();
    }

    @Test
    void aSharedFolderThatBecameALinkIsNotFollowed() throws IOException {
        ServedFile file = share("file");
        Path outside = temp.resolve("outside");
        Files.move(folder, outside);
        TestFiles.writeOld(outside.resolve("secret"), new byte[] {CANARY});
        Files.createSymbolicLink(folder, outside);
        assertThatThrownBy(file::open).isInstanceOf(FileChangedException.class);
        rig.rescan();
        assertThat(rig.library.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "sub/../../outside", "..", ".", "sub/..", "/etc/hostname", "sub/./file", ""})
    void noPathLeadsOut(String below) throws IOException {
        share("sub/file");
        Path outside = TestFiles.writeOld(temp.resolve("outside"), new byte[] {CANARY});
        FileIdentity identity = FileIdentity.of(FileIdentity.attributes(outside));
        assertThatThrownBy(() -> BelowRoot.open(folder, Path.of(below), identity))
                .isInstanceOf(IOException.class);
    }

    /** A folder is swapped for a link to another one, over and over, while it is hashed, rescanned and read. */
    @Test
    void swappingAFolderForALinkLeaksNothing() throws Exception {
        byte[] secret = new byte[BYTES.length];
        java.util.Arrays.fill(secret, CANARY);
        Path outside = temp.resolve("outside");
        TestFiles.writeOld(outside.resolve("file"), secret);
        ServedFile file = share("sub/file");
        AtomicBoolean stop = new AtomicBoolean();
        Thread attacker = new Thread(() -> swap(folder.resolve("sub"), outside, stop));
        attacker.start();
        int read = 0;
        try {
            long deadline = System.nanoTime() + Duration.ofMillis(700).toNanos();
            for (int round = 0; System.nanoTime() - deadline < 0; round++) {
                read += readOnce(file);
                if (round % 50 == 0) {
                    rig.library.rescan();
                }
                for (ServedFile other : rig.library.files()) {
                    assertThat(other.content()).isEqualTo(file.content());
                }
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        assertThat(read).as("reads that went well").isPositive();
    }

    private static int readOnce(ServedFile file) {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        try (ServedFile.Reader reader = file.open()) {
            reader.read(bytes, 1_000);
        } catch (IOException e) {
            return 0;
        }
        assertThat(bytes.flip()).isEqualTo(ByteBuffer.wrap(BYTES, 1_000, 64));
        return 1;
    }

    private static void swap(Path sub, Path outside, AtomicBoolean stop) {
        Path away = sub.resolveSibling(".away");
        try {
            while (!stop.get()) {
                Files.move(sub, away);
                Files.createSymbolicLink(sub, outside);
                Files.delete(sub);
                Files.move(away, sub);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileThatChangesWhileItIsHashedIsNotServed() throws IOException {
        Path path = TestFiles.writeOld(folder.resolve("file"), BYTES);
        FileIdentity identity = FileIdentity.of(FileIdentity.attributes(path));
        IOException[] failure = new IOException[1];
        HashJob job = new HashJob(
                BYTES.length,
                new HashJob.Source() {
                    @Override
                    public FileChannel open() throws IOException {
                        Mishap.WRITTEN_OVER.befall(path);
                        return FileChannel.open(path);
                    }

                    @Override
                    public void confirm() throws IOException {
                        identity.confirm(path);
                    }
                },
                new HashJob.Outcome() {
                    @Override
                    public void onHashed(HashedFile hashed) {
                        throw new AssertionError("hashed " + hashed);
                    }

                    @Override
                    public void onFailed(IOException why) {
                        failure[0] = why;
                    }
                });
        HashEngine.runHere(job);
        assertThat(failure[0]).isInstanceOf(FileChangedException.class);
    }
}
