package p101.registry;

import p101.model.PeerName;

/**
 * One owner in memory. While it has rows or a presence it is <em>there</em>; a leased owner that has neither is kept for its floor
 * alone. Once {@link #retired} it is out of every table, and its rows are dead, although they are cleared away later.
 */
final class Owner {
    /** No such tx yet; every other tx is 0 to 2^32 - 1. */
    static final long NONE = -1;

    final OwnerId id;
    final AddressUse use;
    final TxHeap rows = new TxHeap();

    /** Its place in the walk over owners, given anew each time that it comes. */
    long number;
    /** The highest tx of any T; {@link #NONE} = there was none. */
    long floor = NONE;
    /** The newest tx of an R without a file name; {@link #NONE} = there was none. */
    long presence = NONE;
    /** The greatest tx of all. */
    long newestTx;
    /** The sum of the rows' tx, modulo 2^32. */
    int txSum;
    /** The name it used last; kept here so that its rows share one object. */
    PeerName peer;

    /** When its lease, or its floor, ends; for a connection without meaning. */
    long endsNanos;

    boolean retired;

    /** Neighbours in the {@link OwnerQueue} that it waits in. */
    Owner previous;

    Owner next;
    OwnerQueue queue;

    Owner(OwnerId id, AddressUse use, PeerName peer) {
        this.id = id;
        this.use = use;
        this.peer = peer;
    }

    boolean isLive(long nowNanos) {
        return !retired && !isOver(nowNanos);
    }

    /** Whether its time is up. */
    boolean isOver(long nowNanos) {
        return id.leased() && endsNanos - nowNanos <= 0;
    }

    /** Whether it has a row or a presence; otherwise only its floor is left. */
    boolean isThere() {
        return rows.size() > 0 || presence != NONE;
    }

    void sawTx(long tx) {
        newestTx = Math.max(newestTx, tx);
    }

    /** A T came. Nothing of a connection can arrive late, so that its owner needs no floor. */
    void raiseFloor(long tx) {
        if (id.leased()) {
            floor = Math.max(floor, tx);
        }
        sawTx(tx);
    }

    /** The owner's copy of an equal name. */
    PeerName shared(PeerName name) {
        if (!name.equals(peer)) {
            peer = name;
        }
        return peer;
    }
}
