package p101.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import p101.model.Content;
import p101.model.FileName;

/** A file that others may fetch: whole, or in download and then only in the pieces that were verified. Safe from any thread. */
public interface ServedFile {
    /** The name that it is registered under: at most 50 bytes. */
    FileName label();

    /** Its whole name. */
    FileName fullName();

    Content content();

    /** When it was last modified: milliseconds since 1970. */
    long modifiedMillis();

    /** The pieces that can be read. */
    PieceSet pieces();

    /**
     * Name and piece hashes. May read up to 1 MiB from the disk.
     *
     * @throws IOException when the hashes can no longer be read
     */
    Manifest manifest() throws IOException;

    /**
     * Opens the file for reading.
     *
     * @throws FileChangedException when it is no longer what was hashed
     * @throws IOException when it cannot be opened
     */
    Reader open() throws IOException;

    /** Positional reading; several threads may share one. Closing it twice does no harm. */
    interface Reader extends Closeable {
        /**
         * Reads from a position into the buffer, as much as fits or as there is. What was read is, when this returns, still
         * what was hashed as far as size, time and identity of the file tell.
         *
         * @param dst direct, for speed
         * @param position 0 or more
         * @return bytes read; -1 at or behind the end of the file
         * @throws FileChangedException when the file was truncated, replaced, written to or deleted meanwhile
         * @throws IOException when reading fails, or a partial file does not hold the byte at {@code position}
         */
        int read(ByteBuffer dst, long position) throws IOException;
    }
}
