package p101.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashed once by whichever process comes first, and never believed when the file is another. */
class RememberedHashTest {
    private static final long SIZE = RememberedHash.LEAST_BYTES;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final AtomicLong hashedBytes = new AtomicLong();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("large.bin");
        write((byte) 1);
        clock.advanceMillis(10_000);
    }

    private void write(byte last) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(SIZE);
            out.seek(SIZE - 1);
            out.write(last);
        }
    }

    private Path cacheFolder() {
        return folder.resolve("home").resolve("cache");
    }

    /** Bytes that had to be hashed for it. */
    private long hash(HashedFile expected) throws IOException {
        hashedBytes.set(0);
        assertThat(RememberedHash.of(file, cacheFolder(), clock, bytes -> hashedBytes.set(bytes)))
                .isEqualTo(expected);
        return hashedBytes.get();
    }

    private HashedFile plain() throws IOException {
        return HashedFile.of(file, bytes -> {});
    }

    @Test
    void theSecondTimeNothingIsHashed() throws IOException {
        HashedFile expected = plain();
        assertThat(hash(expected)).isEqualTo(SIZE);
        assertThat(hash(expected)).isZero();
        assertThat(RememberedHash.of(
                        Files.createSymbolicLink(folder.resolve("link"), file), cacheFolder(), clock, bytes -> {
                            throw new AssertionError("hashed again");
                        }))
                .isEqualTo(expected);
    }

    @Test
    void aFileThatChangedIsHashedAgain() throws IOException {
        hash(plain());
        write((byte) 2);
        Files.setLastModifiedTime(file, FileTime.fromMillis(clock.unixMillis() - 1_234));
        HashedFile changed = plain();
        assertThat(hash(changed)).isEqualTo(SIZE);
        assertThat(hash(changed)).isZero();
    }

    /** The next change might get the same time of modification. */
    @Test
    void aFileThatWasJustWrittenIsNotRemembered() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(clock.unixMillis()));
        hash(plain());
        assertThat(hash(plain())).isEqualTo(SIZE);
    }

    @Test
    void withoutTheCacheItIsHashedAllTheSame() throws IOException {
        HashedFile expected = plain();
        hash(expected);
        try (HashCache sharing = HashCache.open(cacheFolder())) {
            assertThat(sharing).isNotNull();
            assertThat(hash(expected)).isEqualTo(SIZE);
        }
        assertThat(hash(expected)).isZero();
        Files.delete(cacheFolder().resolve(HashCache.FILE_NAME));
        Files.delete(cacheFolder());
        Files.writeString(cacheFolder(), "no folder");
        assertThat(hash(expected)).isEqualTo(SIZE);
    }

    @Test
    void aSmallFileLeavesNothingBehind() throws IOException {
        file = Files.writeString(folder.resolve("small.txt"), "small");
        hash(plain());
        assertThat(cacheFolder()).doesNotExist();
    }
}
