package p101.menu;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Nobody sees any more what is written; the menu quits as if Q had been chosen. */
public class ScreenClosedException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    public ScreenClosedException(IOException cause) {
        super(cause);
    }
}
