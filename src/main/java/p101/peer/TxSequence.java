package p101.peer;

import p101.model.Clock;

/**
 * The transaction ids of R and T: Unix seconds, and always above the last one (unsigned 32 bits). What the index remembers of
 * an owner is compared with them, so they only ever grow, also across restarts and when the clock is set back. spec/PDU.md,
 * section 7.2. One thread.
 */
final class TxSequence {
    private static final long MAX_TX = 0xFFFF_FFFFL;

    /** No index has seen a tx above this (the year 2097) from us; following one would use up the sequence for good. */
    private static final long MAX_BELIEVABLE_TX = 0xF000_0000L;

    private final Clock clock;
    private final TxStore store;
    private long last;
    private long stored;

    TxSequence(Clock clock, TxStore store) {
        this.clock = clock;
        this.store = store;
        this.last = store.load();
        this.stored = last;
    }

    /**
     * A tx above all earlier ones.
     *
     * @throws IllegalStateException when there is none left (the year 2106, or an index that told a wrong newest tx)
     */
    int next() {
        last = Math.max(clock.unixSeconds() & MAX_TX, last + 1);
        if (last > MAX_TX) {
            last = MAX_TX;
            throw new IllegalStateException("no transaction ids are left: use another --home");
        }
        keep();
        return (int) last;
    }

    /** Makes the next one greater than this, which the index has seen; false when that cannot be true. */
    boolean goAbove(int newestTx) {
        long newest = Integer.toUnsignedLong(newestTx);
        if (newest > MAX_BELIEVABLE_TX) {
            return false;
        }
        last = Math.max(last, newest);
        keep();
        return true;
    }

    /** Stores a mark ahead of what is used, so that a hundred thousand registrations cost a handful of writes. */
    private void keep() {
        if (last >= stored) {
            stored = Math.min(MAX_TX - 1, last + TxStore.AHEAD);
            store.save(stored);
        }
    }
}
