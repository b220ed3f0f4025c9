package p101.library;

import java.nio.file.Path;

/**
 * How a library works.
 *
 * @param stateFolder where the hash cache is kept, made when missing; {@code null}: nowhere
 * @param hashThreads threads that hash, 1 or more
 * @param maxFiles files that are shared at most; what is beyond is left out and said
 */
public record LibraryOptions(Path stateFolder, int hashThreads, int maxFiles) {
    /** As many files as an index takes from one peer, and more than a person has on purpose. */
    public static final int DEFAULT_MAX_FILES = 1_000_000;

    /** One thread for each core. */
    public static LibraryOptions in(Path stateFolder) {
        return new LibraryOptions(stateFolder, Runtime.getRuntime().availableProcessors(), DEFAULT_MAX_FILES);
    }
}
