package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The GET that we send. spec/P2PCI.md, section 9. */
final class GetRequestText {
    private GetRequestText() {}

    /**
     * @param host of the peer that is asked, a single word
     */
    static ByteBuffer of(RfcNumber number, String host, LineEnd lineEnd) {
        String end = lineEnd.text();
        String text = "GET RFC " + number + " " + Wording.VERSION + end
                + "Host: " + host + end
                + "OS: " + UploadHead.SYSTEM + end
                + end;
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
