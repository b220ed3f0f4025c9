package p101.library;

import java.io.IOException;

/** A download does not fit on the disk; the message says how much is missing. */
public final class NotEnoughSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    NotEnoughSpaceException(String message) {
        super(message);
    }
}
