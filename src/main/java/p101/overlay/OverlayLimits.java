package p101.overlay;

/** How much the overlay takes. spec/OVERLAY.md, section 8. */
final class OverlayLimits {
    /** Live children of one node, the root too. */
    static final int CHILDREN = 2;

    /** Hops from the root to the deepest node. */
    static final int DEPTH = 8;

    /** Nodes that the root knows; a tree of depth 8 holds 510. */
    static final int NODES = 1_024;

    /** Addresses of a path that is passed on; twice the depth and more, so that only a circle is that long. */
    static final int PATH = 32;

    /** Parents that a node has lost and is not sent to again while there is another. */
    static final int LOST_PARENTS = 8;

    /** Packets that wait for one neighbour. */
    static final int QUEUED_PACKETS = 4_096;

    /** So many that own texts are better held back. */
    static final int BUSY_PACKETS = 32;

    /** Bytes of them. */
    static final int QUEUED_BYTES = 1 << 20;

    /** Bytes of a packet that all programs receive in one piece. */
    static final int PIECE_BYTES = 2_048;

    /** Bytes of text in a packet of that size, in either form. */
    static final int TEXT_BYTES = PIECE_BYTES - Form.ASCII.headerBytes();

    /** Own texts that wait for a parent. */
    static final int HELD_TEXTS = 256;

    /** Connections that others opened, in all and from one address. */
    static final int CONNECTIONS = 4_096;

    static final int CONNECTIONS_PER_ADDRESS = 2_048;

    /** Bytes of unfinished packets, of all connections together. */
    static final int PENDING_BYTES = 16 << 20;

    /** Parts of one message that are said in the room, and lines that a node shows of it. */
    static final int SENTENCES = 64;

    private OverlayLimits() {}
}
