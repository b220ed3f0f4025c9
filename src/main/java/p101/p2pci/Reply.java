package p101.p2pci;

import java.nio.ByteBuffer;

/** What the index does about a request. */
sealed interface Reply {
    /** An answer in one piece. */
    record Whole(ByteBuffer bytes) implements Reply {}

    /** An answer that is made while it is sent. */
    record Streamed(RowStream rows) implements Reply {}

    /** Not a word. */
    record Silence() implements Reply {}

    /** Not a word, and the connection ends. */
    record HangUp() implements Reply {}

    static Reply of(Status status, Manner manner) {
        return new Whole(Answer.status(status, manner));
    }
}
