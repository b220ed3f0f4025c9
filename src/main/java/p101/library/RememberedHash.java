package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import p101.model.Clock;

/**
 * Hashes a single file as {@link HashedFile#of} does, but looks first whether an earlier process has, and leaves the outcome for a later
 * one. The cache is the one that a {@link Library} keeps in the same folder; a process that shares has it to itself, so it is held no longer
 * than it takes to look or to write, and when it cannot be had, the file is simply hashed.
 */
public final class RememberedHash {
    /** What is hashed faster than a cache is opened is not looked up. */
    static final long LEAST_BYTES = 16L << 20;

    private RememberedHash() {}

    /**
     * Size, root and piece hashes of a file. A change that leaves size, time of modification and inode as they were goes unnoticed.
     *
     * @param cacheFolder made when it is missing
     * @param hashedBytes told how many bytes are done so far, if any have to be hashed; from any thread
     * @throws FileChangedException when the file changed meanwhile
     * @throws IOException when it cannot be read or is no ordinary file
     */
    public static HashedFile of(Path file, Path cacheFolder, Clock clock, LongConsumer hashedBytes) throws IOException {
        Path real = file.toRealPath();
        FileIdentity identity = FileIdentity.of(FileIdentity.attributes(real));
        if (identity.size() < LEAST_BYTES) {
            return HashedFile.of(real, hashedBytes);
        }
        HashedFile known = find(cacheFolder, real, identity);
        if (known != null) {
            return known;
        }
        long startMillis = clock.unixMillis();
        HashedFile hashed = HashedFile.of(real, hashedBytes);
        identity.confirm(real);
        if (identity.isSettled(startMillis)) {
            put(cacheFolder, real, identity, hashed);
        }
        return hashed;
    }

    private static HashedFile find(Path folder, Path file, FileIdentity identity) {
        try (HashCache cache = HashCache.open(folder)) {
            return cache == null ? null : cache.find(file, identity);
        } catch (IOException unusable) {
            return null;
        }
    }

    private static void put(Path folder, Path file, FileIdentity identity, HashedFile hashed) {
        try (HashCache cache = HashCache.open(folder)) {
            if (cache != null) {
                cache.put(file, identity, hashed);
            }
        } catch (IOException unusable) {
            // The next process hashes it again.
        }
    }
}
