package p101.loop;

/** A line has more bytes than the framer's limit; the rest of the stream cannot be trusted. Carries no stack trace. */
public final class LineTooLongException extends Exception {
    private static final long serialVersionUID = 1L;

    LineTooLongException(int maxLineBytes) {
        super("a line has more than " + maxLineBytes + " bytes", null, false, false);
    }
}
