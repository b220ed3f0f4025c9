package p101.fetch;

/** Why a source is not asked any more, or not for a while. */
public enum DropReason {
    /** A piece or the manifest did not have the hash that it must have: never asked again. */
    LIED(false, "sent wrong data"),
    /** Answered with something that the protocol does not allow, for example another program on its port. */
    PROTOCOL(false, "does not speak the protocol"),
    /** Now has another content under that name. */
    OTHER_CONTENT(false, "has another content now"),
    /** Says that it does not have the file. */
    GONE(true, "does not have it any more"),
    /** The connection could not be made. */
    UNREACHABLE(true, "could not be reached"),
    /** The connection broke. */
    CLOSED(true, "closed the connection"),
    /** Nothing came for some seconds. */
    SILENT(true, "stopped answering"),
    /** Much slower than the others, who can do its work. */
    SLOW(true, "is much slower than the others"),
    /** Asked us to come back later. */
    BUSY(true, "is busy"),
    /** On an address that this index has no business to send us to. */
    ADDRESS(false, "is on an address that is not asked"),
    /** Needs a way of fetching that is not available here. */
    UNSUPPORTED(false, "cannot be fetched from by this program");

    private final boolean retriable;
    private final String text;

    DropReason(boolean retriable, String text) {
        this.retriable = retriable;
        this.text = text;
    }

    /** Whether the source may be asked again later when nothing else is left. */
    public boolean isRetriable() {
        return retriable;
    }

    /** What a person is told, after the source's name. */
    public String text() {
        return text;
    }
}
