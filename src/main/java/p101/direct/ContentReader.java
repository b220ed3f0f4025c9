package p101.direct;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The content of the file that is sent. Called on the loop thread in small pieces; a local file is what it is made for. */
public interface ContentReader {
    /**
     * Fills the buffer up to its limit from a position of the content.
     *
     * @throws IOException when the file is shorter by now, was changed, or cannot be read
     */
    void read(long position, ByteBuffer into) throws IOException;
}
