package p101.index;

/** Why a datagram was dropped without an answer. spec/PDU.md, section 7.1. */
public enum DropReason {
    /** Not 101 bytes. */
    LENGTH,
    /** The type byte is unknown. */
    TYPE,
    /** An answer, or a type that does not go to an index. */
    DIRECTION,
    /** Another version of the protocol. */
    VERSION,
    /** It came from port 0, where nothing can be sent to. */
    SOURCE_PORT,
    /** It came from a multicast, broadcast or wildcard address. */
    SOURCE_ADDRESS,
    /** It claims to come from this index. */
    OWN_ADDRESS
}
