package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What stands before the content that a peer uploads. Many downloaders take the first receive for the whole of it and line 5
 * for the length, so the order never changes, and it is sent in one segment of its own. spec/P2PCI.md, section 8.
 */
final class UploadHead {
    /** What this side says about its system: the name alone, a word of the JDK. */
    static final String SYSTEM =
            Wording.words(System.getProperty("os.name", "Java")).get(0);

    private UploadHead() {}

    static ByteBuffer of(LineEnd lineEnd, long nowUnixMillis, long modifiedUnixMillis, long bytes) {
        String end = lineEnd.text();
        String text = Status.OK.line() + end
                + "Date: " + HttpDate.of(nowUnixMillis) + end
                + "OS: " + SYSTEM + end
                + "Last-Modified: " + HttpDate.of(modifiedUnixMillis) + end
                + "Content-Length: " + bytes + end
                + "Content-Type: text/plain" + end
                + end;
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
