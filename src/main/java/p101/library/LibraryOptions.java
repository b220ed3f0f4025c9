package p101.library;

import java.nio.file.Path;

/**
 * How a library works.
 *
 * @param stateFolder where the hash cache is kept; {@code null}: nowhere
 * @param hashThreads threads that hash
 */
public record LibraryOptions(Path stateFolder, int hashThreads) {
    /** One thread for each core. */
    public static LibraryOptions in(Path stateFolder) {
        return new LibraryOptions(stateFolder, Runtime.getRuntime().availableProcessors());
    }
}
