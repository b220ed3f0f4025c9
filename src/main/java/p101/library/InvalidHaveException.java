package p101.library;

/** Bytes from another peer that cannot say which pieces of a file it holds. */
public final class InvalidHaveException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidHaveException(String message) {
        super(message);
    }
}
