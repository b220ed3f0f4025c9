package p101.overlay;

/** A connection of the simulation: packets keep their order, and each waits for the ACK of the one before. */
final class SimLink {
    final long id;
    final LinkKey key;
    final SimNode from;
    final SimNode to;
    /** The life of the other node that this connection leads to. */
    final int toLife;

    final Outbox outbox = new Outbox();
    boolean standing;
    boolean closed;
    /** Nothing gets through any more, and nobody is told. */
    boolean swallowed;

    long lastArrivalNanos;

    SimLink(long id, LinkKey key, SimNode from, SimNode to) {
        this.id = id;
        this.key = key;
        this.from = from;
        this.to = to;
        this.toLife = to == null ? 0 : to.life;
    }
}
