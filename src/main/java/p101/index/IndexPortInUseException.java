package p101.index;

import java.net.BindException;

/** Another program listens on the port. The message is one sentence that says what to do. */
public final class IndexPortInUseException extends BindException {
    private static final long serialVersionUID = 1L;

    public IndexPortInUseException(String message) {
        super(message);
    }
}
