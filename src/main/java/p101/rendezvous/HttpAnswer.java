package p101.rendezvous;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One answer, whole: everything is known before the first byte goes out, so that a peer that calls receive once gets all of it.
 *
 * @param status its code, for counting
 * @param bytes status line, headers and body
 * @param keepOpen whether a further request may come on the connection
 */
record HttpAnswer(Status status, ByteBuffer bytes, boolean keepOpen) {
    static final String SERVER = "p101";

    private static final String END = "\r\n";

    /** {@code HTTP/1.1 100 Continue}: no answer yet, and no header. */
    static ByteBuffer goOn() {
        return ascii("HTTP/1.1 100 Continue\r\n\r\n");
    }

    /**
     * An answer of the published form: all it says is its reason and, when there is one, its third header.
     *
     * @param header a name and a value in ASCII without line ends; {@code null} = none
     */
    static HttpAnswer published(Status status, String reason, String[] header, boolean keepOpen, String date) {
        StringBuilder text = head(status, reason, date);
        if (header != null) {
            text.append(header[0]).append(": ").append(header[1]).append(END);
        }
        text.append("Content-Length: 0").append(END);
        return new HttpAnswer(status, ascii(end(text, keepOpen)), keepOpen);
    }

    /**
     * An answer whose content is JSON.
     *
     * @param json in ASCII
     * @param header one header more, a whole line without its end; empty = none
     * @param isHead whether the content is only counted, because the request was HEAD
     */
    static HttpAnswer json(Status status, String json, String header, boolean isHead, boolean keepOpen, String date) {
        StringBuilder text = head(status, status.reason(), date)
                .append("Content-Type: application/json")
                .append(END)
                .append("Content-Length: ")
                .append(json.length())
                .append(END)
                .append("Cache-Control: no-store")
                .append(END)
                .append("X-Content-Type-Options: nosniff")
                .append(END);
        if (!header.isEmpty()) {
            text.append(header).append(END);
        }
        return new HttpAnswer(status, ascii(end(text, keepOpen) + (isHead ? "" : json)), keepOpen);
    }

    /** Whether it says that the request was not done. */
    boolean isRefusal() {
        return status.code() >= Status.BAD_REQUEST.code();
    }

    private static StringBuilder head(Status status, String reason, String date) {
        return new StringBuilder(256)
                .append("HTTP/1.1 ")
                .append(status.code())
                .append(' ')
                .append(reason)
                .append(END)
                .append("Server: ")
                .append(SERVER)
                .append(END)
                .append("Date: ")
                .append(date)
                .append(END);
    }

    private static String end(StringBuilder text, boolean keepOpen) {
        return text.append("Connection: ")
                .append(keepOpen ? "keep-alive" : "close")
                .append(END)
                .append(END)
                .toString();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
