package p101.loop;

/** Why a connection ended; handed to {@link ConnectionHandler#onClosed} exactly once. */
public enum CloseReason {
    /** This side had nothing more to do. */
    LOCAL,
    /** The other side closed, and everything for it had been sent. */
    END_OF_INPUT,
    /** The other side reset the connection, or the network did. */
    RESET,
    /** Nobody listens where the connect went. */
    CONNECT_REFUSED,
    /** The connect got no answer in time. */
    CONNECT_TIMEOUT,
    /** No way there, no free descriptor, or an address that cannot be used. */
    CONNECT_FAILED,
    /** Nothing was said for too long. */
    IDLE,
    /** The other side takes or sends its bytes too slowly. */
    TOO_SLOW,
    /** More bytes waited to be sent than the limit allows. */
    OVERFLOW,
    /** The other side broke the protocol. */
    PROTOCOL,
    /** A limit of this side was reached. */
    LIMIT,
    /** The handler failed; the cause went to the loop's error sink. */
    FAILURE,
    /** The loop was closed. */
    LOOP_CLOSED
}
