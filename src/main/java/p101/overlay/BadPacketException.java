package p101.overlay;

/** Bytes that are no packet. The message says what is wrong, in words of our own. */
final class BadPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPacketException(String message) {
        super(message, null, false, false);
    }
}
