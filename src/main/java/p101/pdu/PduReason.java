package p101.pdu;

/** Why bytes are not a PDU, and whether the sender is told. spec/PDU.md, section "What a wrong PDU gets". */
public enum PduReason {
    /** Not 101 bytes. */
    LENGTH(false),
    /** The type byte is unknown. */
    TYPE(false),
    /** A known type that may not travel on this channel, or a wrong answer bit. */
    DIRECTION(false),
    VERSION(false),
    /** A number outside its range. */
    NUMBER(true),
    /** Text that is not UTF-8, not zero-padded, or holds a NUL. */
    TEXT(true),
    /** A name that the rules refuse. */
    NAME(true);

    private final boolean answerable;

    PduReason(boolean answerable) {
        this.answerable = answerable;
    }

    /** Whether a request that fails like this gets an E "malformed"; otherwise it is dropped and counted. */
    public boolean answerable() {
        return answerable;
    }
}
