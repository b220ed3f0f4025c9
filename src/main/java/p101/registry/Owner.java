package p101.registry;

import p101.model.PeerName;

/**
 * One owner in memory. While it has rows or a presence it is <em>there</em>; a leased owner that has neither is kept for its floor
 * alone. Once {@link #retired} it is out of every table, and its rows are dead, although they are cleared away later.
 */
final class Owner {
    final OwnerId id;
    final AddressUse use;
    final KeyUse key;
    final TxHeap rows = new TxHeap();

    /** Its place in the walk over owners, given anew each time that it comes. */
    long number;
    /** The newest tx of an R without a file name; {@link KeyUse#NONE} = there was none. */
    long presence = KeyUse.NONE;
    /** The sum of the rows' tx, modulo 2^32. */
    int txSum;
    /** The name it used last; kept here so that its rows share one object. */
    PeerName peer;

    /** What it said of itself; null = nothing. */
    Introduction introduction;

    /** When its lease, or its floor, ends; for a connection without meaning. */
    long endsNanos;

    boolean retired;

    /** Neighbours in the {@link OwnerQueue} that it waits in. */
    Owner previous;

    Owner next;
    OwnerQueue queue;

    Owner(OwnerId id, AddressUse use, KeyUse key, PeerName peer) {
        this.id = id;
        this.use = use;
        this.key = key;
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
        return rows.size() > 0 || presence != KeyUse.NONE;
    }

    /** As others see it. */
    Presence snapshot() {
        return new Presence(number, peer, id, rows.size(), introduction == null ? Introduction.NONE : introduction);
    }
}
