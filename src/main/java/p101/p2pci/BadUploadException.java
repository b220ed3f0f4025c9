package p101.p2pci;

/** An uploading program did not answer as it should. The message goes on after its name, and is safe to print. */
final class BadUploadException extends Exception {
    private static final long serialVersionUID = 1L;

    BadUploadException(String message) {
        super(message, null, false, false);
    }
}
