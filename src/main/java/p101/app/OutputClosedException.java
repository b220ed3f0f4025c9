package p101.app;

import java.io.IOException;
import p101.menu.ScreenClosedException;

/** Standard output takes no more: nobody reads it, as in {@code p101 ls | head}, or it failed, as a full disk does. */
final class OutputClosedException extends ScreenClosedException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super(cause);
    }
}
