package p101.library;

/** Bytes from another peer that are no manifest, or not the manifest of the content that was asked for. */
public final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidManifestException(String message) {
        super(message);
    }

    InvalidManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
