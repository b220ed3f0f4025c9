package p101.registry;

/**
 * What is known of one owner key, from whatever places it spoke: because a T from a new place must also hold back an R that is
 * still under way from the old one. It lives as long as one of its owners.
 */
final class KeyUse {
    /** No such tx yet; every other tx is 0 to 2^32 - 1. */
    static final long NONE = -1;

    final OwnerId id;
    /** Owners with this key, those of which only the floor is left included. */
    int owners;
    /** The highest tx of any T; {@link #NONE} = there was none. */
    long floor = NONE;
    /** The greatest tx of all. */
    long newestTx;

    KeyUse(OwnerId id) {
        this.id = id;
    }

    void sawTx(long tx) {
        newestTx = Math.max(newestTx, tx);
    }

    /** A T came. Nothing of a connection can arrive late, so that it needs no floor. */
    void raiseFloor(long tx) {
        if (id.leased()) {
            floor = Math.max(floor, tx);
        }
        sawTx(tx);
    }
}
