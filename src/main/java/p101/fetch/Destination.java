package p101.fetch;

import java.io.OutputStream;
import java.nio.file.Path;
import p101.library.ExistingFilePolicy;

/** Where a download goes. */
public sealed interface Destination {
    /**
     * Under its full name in a folder.
     *
     * @param folder an existing folder
     */
    record InFolder(Path folder, ExistingFilePolicy policy) implements Destination {}

    /**
     * To a path that the user chose, whatever the file is called.
     *
     * @param path its folder exists
     */
    record AtPath(Path path, ExistingFilePolicy policy) implements Destination {}

    /**
     * To a stream, in order, each byte only when it was verified. What comes ahead of its turn waits in a file.
     *
     * @param out written by a thread of the download's own, flushed at the end, not closed
     * @param spillFolder an existing folder for that file; it is deleted at the end
     */
    record ToStream(OutputStream out, Path spillFolder) implements Destination {}
}
