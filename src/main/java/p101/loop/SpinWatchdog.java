package p101.loop;

/**
 * Notices a selector that keeps returning early without a reason, as some kernels and JDKs made them do. A decision on values
 * alone: the loop measures and acts.
 */
final class SpinWatchdog {
    /** Premature returns in a row after which a new selector is the cure. */
    static final int REBUILD_AFTER = 512;

    /** A select may end this much before its time and still count as punctual: the system counts in milliseconds. */
    static final long TOLERANCE_NANOS = 1_000_000;

    private int inARow;

    /**
     * @param readyKeys keys that the select found
     * @param woken whether somebody woke the selector, or interrupted its thread
     * @param askedNanos how long it was to wait; 0 = it was not
     * @param tookNanos how long it did
     * @return whether this return was premature
     */
    boolean isPremature(int readyKeys, boolean woken, long askedNanos, long tookNanos) {
        boolean premature = readyKeys == 0 && !woken && tookNanos < askedNanos - TOLERANCE_NANOS;
        inARow = premature ? inARow + 1 : 0;
        return premature;
    }

    /** Whether the selector should be replaced; then counting starts anew. */
    boolean wantsRebuild() {
        if (inARow < REBUILD_AFTER) {
            return false;
        }
        inARow = 0;
        return true;
    }
}
