package p101.library;

import java.io.IOException;

/** A shared file is no longer what was hashed: it was truncated, replaced, written to or deleted. */
public final class FileChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    public FileChangedException(String message) {
        super(message);
    }

    FileChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
