package p101.library;

import java.nio.file.Path;

/**
 * What happens in a library. Calls come from the library's threads or from the caller of one of its methods, one at a time
 * and in order, with no lock of the library held; they should return soon.
 */
public interface LibraryListener {
    /** A file can be served from now on. */
    default void onAdded(ServedFile file) {}

    /** A file is no longer served: removed, changed, or its share ended. A changed file comes back when it was hashed. */
    default void onRemoved(ServedFile file) {}

    /** A file or folder is left out; said once for each. The reason is a part of a sentence: "is a link". */
    default void onSkipped(Path path, String reason) {}

    /** Hashing goes on; at most ten times a second, and when it ends. */
    default void onProgress(HashProgress progress) {}
}
