package p101.control;

import java.io.IOException;

/** The control socket cannot be had or used; the message is one sentence that says what to do. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Problem {
        /** No process listens there. */
        NOBODY,
        /** Another process listens there already. */
        IN_USE,
        /** The path is longer than the operating system allows. */
        PATH_TOO_LONG,
        /** The other side does not speak this protocol, or broke off. */
        PROTOCOL,
        /** No answer came in time. */
        SILENT,
        /** The operating system refuses. */
        SYSTEM
    }

    private final Problem problem;

    ControlException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
