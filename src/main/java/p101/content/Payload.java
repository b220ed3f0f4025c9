package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes that an answer carries. They can be asked for again: nobody keeps them for a slow reader. */
interface Payload {
    /** Bytes in all. */
    long size() throws IOException;

    /**
     * Fills the buffer from a position.
     *
     * @throws p101.library.FileChangedException when they are no longer what was promised
     * @throws IOException when they cannot be read
     */
    void read(ByteBuffer into, long position) throws IOException;
}
