package p101.menu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of UTF-8 from a stream, each bounded, ended by LF or CRLF or the end of the input. */
final class LineReader {
    /** Most bytes of a line that are kept; the rest of it is dropped. */
    static final int MAX_LINE_BYTES = 4096;

    private final InputStream in;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line; null at the end. A broken input has ended. */
    String next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                if (line.size() < MAX_LINE_BYTES) {
                    line.write(next);
                }
                next = in.read();
            }
        } catch (IOException broken) {
            return null;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
