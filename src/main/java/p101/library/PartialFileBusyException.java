package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import p101.model.Shown;

/** Another process, or another download of this one, is writing the same partial file. */
public final class PartialFileBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    PartialFileBusyException(Path target) {
        super("another download of " + Shown.text(target.toString()) + " is running; wait for it or end it");
    }
}
