package p101.direct;

/**
 * How the sending of a file ended.
 *
 * @param kind in a word
 * @param reason why, for {@link Kind#REFUSED}, {@link Kind#BROKEN} and {@link Kind#NARROW}; else null
 * @param sentBytes bytes of all datagrams that were sent
 * @param sentDatagrams how many those were
 */
public record SendEnd(Kind kind, DirectReason reason, long sentBytes, long sentDatagrams) {
    /** In a word. */
    public enum Kind {
        /** The receiver has it, whole and verified. */
        STORED,
        /** The receiver had it already. */
        WAS_HERE,
        /** The receiver does not take it. */
        REFUSED,
        /** Nobody answered at that address. */
        NO_ANSWER,
        /** It began and could not be brought to an end; another attempt goes on where this one ended. */
        BROKEN,
        /** The receiver is there and no chunk reaches it: the way is too narrow for chunks of this size. Try {@link SendPath#safe}. */
        NARROW
    }

    public boolean isStored() {
        return kind == Kind.STORED || kind == Kind.WAS_HERE;
    }
}
