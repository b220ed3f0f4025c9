package p101.p2pci;

import java.nio.charset.StandardCharsets;

/**
 * Who has an RFC, as the headers {@code Host} and {@code Port} say. The host is a word that is repeated to others, never
 * looked up by the index.
 *
 * @param host 1 to {@link #MAX_HOST_BYTES} bytes of UTF-8 without blanks
 * @param port 1 to 65535
 */
public record Holder(String host, int port) {
    /** Most bytes of a host name. */
    public static final int MAX_HOST_BYTES = 255;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    /**
     * @throws IllegalArgumentException when one of them is not as said
     */
    public Holder {
        if (!isHost(host) || port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a host without blanks and a port from 1 to " + MAX_PORT);
        }
    }

    static boolean isHost(String text) {
        if (text.isEmpty() || text.length() > MAX_HOST_BYTES || !Wording.isPlain(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) || Character.isSpaceChar(text.charAt(i))) {
                return false;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_HOST_BYTES;
    }

    /** The port, or -1 when the text is not a number from 1 to 65535. */
    static int parsePort(String text) {
        if (!Wording.isDigits(text) || text.length() > MAX_PORT_DIGITS) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= MAX_PORT ? port : -1;
    }
}
