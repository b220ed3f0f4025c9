package p101.overlay;

/** The rules of a root or of a node: pure, with all time given in nanoseconds. One thread. */
interface Logic {
    /** A packet came. */
    void onPacket(Packet packet, Via via, long nowNanos);

    /**
     * A connection that we opened has ended, or could not be opened; not told after {@link Actions#close}.
     *
     * @param unsent whether something was left unsent or without its ACK
     */
    void onLinkLost(LinkKey link, boolean unsent, long nowNanos);

    /** A connection that another node opened has ended. */
    void onConnectionClosed(long id, long nowNanos);

    /** Some time has passed: {@link OverlayTimes#TICK_NANOS}, or more. */
    void onTick(long nowNanos);

    /**
     * Says something to everybody else, as one packet.
     *
     * @param text at most {@link PacketCodec#MAX_BODY_BYTES} as UTF-8
     * @return {@code false} when too many wait already
     */
    boolean say(String text, long nowNanos);
}
