package p101.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashCacheTest {
    private static final FileIdentity ID = new FileIdentity(300_000, 123_456_789_012L, "(dev=1,ino=2)");
    private static final HashedFile HASHED = TestFiles.hashed(TestFiles.pattern(300_000));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve(HashCache.FILE_NAME);
    }

    private static FileIdentity identityOf(int size) {
        return new FileIdentity(size, 5, "k" + size);
    }

    private void fill(int... sizes) throws IOException {
        try (HashCache cache = HashCache.open(folder)) {
            for (int size : sizes) {
                assertThat(cache.put(Path.of("/f" + size), identityOf(size), TestFiles.hashed(TestFiles.pattern(size))))
                        .isTrue();
            }
        }
    }

    private static HashedFile find(HashCache cache, int size) {
        return cache.find(Path.of("/f" + size), identityOf(size));
    }

    @Test
    void findsWhatWasPutAlsoAfterARestart() throws IOException {
        fill(0, 1, 65_536, 65_537, 1_000_000);
        try (HashCache cache = HashCache.open(folder)) {
            assertThat(cache.size()).isEqualTo(5);
            for (int size : new int[] {0, 1, 65_536, 65_537, 1_000_000}) {
                assertThat(find(cache, size)).isEqualTo(TestFiles.hashed(TestFiles.pattern(size)));
            }
        }
    }

    @Test
    void anyDifferenceOfTheFileIsAMiss() throws IOException {
        Path path = Path.of("/x");
        try (HashCache cache = HashCache.open(folder)) {
            cache.put(path, ID, HASHED);
            assertThat(cache.find(path, ID)).isEqualTo(HASHED);
            assertThat(cache.find(Path.of("/y"), ID)).isNull();
            assertThat(cache.find(path, new FileIdentity(300_001, ID.modifiedNanos(), ID.key())))
                    .isNull();
            assertThat(cache.find(path, new FileIdentity(300_000, ID.modifiedNanos() + 1, ID.key())))
                    .isNull();
            assertThat(cache.find(path, new FileIdentity(300_000, ID.modifiedNanos(), "(dev=1,ino=3)")))
                    .isNull();
        }
    }

    @Test
    void theLaterRecordOfAPathHolds() throws IOException {
        Path path = Path.of("/x");
        HashedFile later = TestFiles.hashed(new byte[300_000]);
        try (HashCache cache = HashCache.open(folder)) {
            cache.put(path, ID, HASHED);
            cache.put(path, ID, later);
        }
        try (HashCache cache = HashCache.open(folder)) {
            assertThat(cache.size()).isEqualTo(1);
            assertThat(cache.find(path, ID)).isEqualTo(later);
        }
    }

    /** Every byte of the file is damaged in turn: a record is found as it was or not at all. */
    @Test
    void aDamagedCacheNeverGivesAWrongHash() throws IOException {
        fill(10, 70_000, 20);
        byte[] good = Files.readAllBytes(file());
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x41;
            Files.write(file(), bad);
            assertSound();
        }
    }

    @Test
    void aCacheThatWasCutAnywhereKeepsWhatIsWhole() throws IOException {
        fill(10, 70_000, 20);
        byte[] good = Files.readAllBytes(file());
        for (int length = 0; length < good.length; length++) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertSound();
            fill(30);
            try (HashCache cache = HashCache.open(folder)) {
                assertThat(find(cache, 30)).isNotNull();
            }
        }
        Files.write(file(), Arrays.copyOf(good, good.length + 100));
        assertThat(assertSound()).isEqualTo(3);
    }

    private int assertSound() throws IOException {
        int found = 0;
        try (HashCache cache = HashCache.open(folder)) {
            for (int size : new int[] {10, 70_000, 20}) {
                HashedFile hashed = find(cache, size);
                if (hashed != null) {
                    assertThat(hashed).isEqualTo(TestFiles.hashed(TestFiles.pattern(size)));
                    found++;
                }
            }
        }
        return found;
    }

    @Test
    void isRewrittenWhenMostOfItIsOutOfDate() throws IOException {
        HashedFile large = TestFiles.hashed(TestFiles.pattern(8_000_000));
        try (HashCache cache = HashCache.open(folder)) {
            cache.put(Path.of("/keep"), ID, HASHED);
            for (int i = 0; i < 400; i++) {
                cache.put(Path.of("/large"), new FileIdentity(8_000_000, i, "k"), large);
            }
        }
        long before = Files.size(file());
        try (HashCache cache = HashCache.open(folder)) {
            assertThat(Files.size(file())).isLessThan(before / 100);
            assertThat(cache.find(Path.of("/keep"), ID)).isEqualTo(HASHED);
            assertThat(cache.find(Path.of("/large"), new FileIdentity(8_000_000, 399, "k")))
                    .isEqualTo(large);
            assertThat(HashCache.open(folder)).as("the new file is locked too").isNull();
        }
        assertThat(folder.resolve("hashes.new")).doesNotExist();
    }

    @Test
    void oneProcessHasItAtATime() throws IOException {
        try (HashCache cache = HashCache.open(folder)) {
            assertThat(cache.size()).isZero();
            assertThat(HashCache.open(folder)).isNull();
        }
        HashCache.open(folder).close();
    }

    @Test
    void somethingElseInItsPlaceIsReplaced() throws IOException {
        Files.write(file(), new byte[5_000], StandardOpenOption.CREATE);
        fill(10);
        try (HashCache cache = HashCache.open(folder)) {
            assertThat(find(cache, 10)).isNotNull();
        }
    }
}
