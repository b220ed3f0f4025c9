package p101.peer;

/** How a request to an index, or a task of a peer, came out. */
public enum Verdict {
    /** It is done; for a search or a list: everything that there was has been told. */
    DONE,
    /** There is no such row, or no such file. */
    NOT_FOUND,
    /** Another peer holds this peer name and file name: pick another user name. */
    CONFLICT,
    /** The row exists and belongs to another peer. */
    NOT_YOURS,
    /** A limit of the index is reached, or it stays too busy. */
    LIMIT,
    /** The index refuses for another reason; the text says which. */
    REFUSED,
    /** The index broke the protocol: what it told otherwise has been told; the text says what it sent. */
    MALFORMED,
    /** No answer came before the last timer ran out. */
    SILENT,
    /** A later request took its place, or the peer was closed. */
    CANCELLED
}
