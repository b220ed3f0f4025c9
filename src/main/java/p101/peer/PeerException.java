package p101.peer;

/** A peer cannot start or go on; the message is one sentence that says what is wrong and what to do. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, for callers that choose an exit code. */
    public enum Problem {
        /** The text given for the index is not HOST:PORT. */
        BAD_INDEX_ADDRESS,
        /** The name of the index's host cannot be resolved. */
        UNKNOWN_INDEX_HOST,
        /** The index does not answer. */
        INDEX_SILENT,
        /** Another program listens on the port. */
        PORT_IN_USE,
        /** The address to bind is not one of this machine. */
        BAD_BIND_ADDRESS,
        /** Another process runs with this home. */
        HOME_IN_USE,
        /** The home, or a file in it, cannot be made, read or written. */
        HOME_UNUSABLE,
        /** A file or folder that should be shared from the start cannot be. */
        CANNOT_SHARE,
        /** The operating system refused a socket. */
        NETWORK
    }

    private final Problem problem;

    public PeerException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public PeerException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
