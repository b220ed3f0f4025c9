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

    /**
     * A file or folder could not be looked at, or not be hashed, for a reason that may pass and says nothing about it (no free
     * file descriptor): what is known of it stays, and it is tried again. Said once, until all could be looked at again.
     *
     * @param reason what the system says, perhaps in the user's language
     */
    default void onUnread(Path path, String reason) {}

    /** Hashing goes on; at most ten times a second, and when it ends. */
    default void onProgress(HashProgress progress) {}
}
