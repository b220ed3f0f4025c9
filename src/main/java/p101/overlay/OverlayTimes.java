package p101.overlay;

/** The times of the protocol and our own, in nanoseconds. spec/OVERLAY.md, sections 5 to 7. */
final class OverlayTimes {
    private static final long SECOND = 1_000_000_000L;

    /** Between two hellos. */
    static final long REUNION_NANOS = 4 * SECOND;

    /** Who was not heard of for so long is dead: two seconds for each hop of the deepest tree, up and down, and two more. */
    static final long SILENCE_NANOS = 36 * SECOND;

    /** A child that was not heard of for so long makes room for a new one: three reunion periods. */
    static final long DOUBTFUL_NANOS = 3 * REUNION_NANOS;

    /** A child whose connection has ended may come back on another one within this time. */
    static final long ABSENCE_NANOS = 2 * REUNION_NANOS;

    /** An answer of the root may take two ticks of two seconds; without one for so long all begins anew. */
    static final long ANSWER_NANOS = 8 * SECOND;

    /** Between two attempts to register, or to find a parent. */
    static final long RETRY_NANOS = SECOND;

    /** How long a connect may take. */
    static final long CONNECT_NANOS = 3 * SECOND;

    /** How long an ACK may take. */
    static final long ACK_NANOS = 5 * SECOND;

    /** After a packet that others receive in pieces and answer piece by piece: the silence after which all have answered. */
    static final long PIECES_NANOS = SECOND / 4;

    /** How long a packet may take from its first byte to its last. */
    static final long PACKET_NANOS = 10 * SECOND;

    /** The root forgets who is dead, and nobody's parent, after so long. */
    static final long FORGET_NANOS = 600 * SECOND;

    /** How often the rules are asked what is due. */
    static final long TICK_NANOS = SECOND / 2;

    private OverlayTimes() {}
}
