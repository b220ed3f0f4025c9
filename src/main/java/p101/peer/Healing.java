package p101.peer;

/**
 * Whether a healing is in progress, the tx that it reserved, and how many rows have yet to be registered above it. One
 * begins at most once in half a refresh interval, so that an index which never agrees is not flooded.
 */
final class Healing {
    private boolean active;
    private int tx;
    private int unhealedRows;
    private boolean begunBefore;
    private long lastBegunNanos;

    boolean isActive() {
        return active;
    }

    boolean mayBegin(long pauseNanos, long nowNanos) {
        return !active && (!begunBefore || nowNanos - lastBegunNanos >= pauseNanos);
    }

    void begin(int reservedTx, long nowNanos) {
        active = true;
        tx = reservedTx;
        unhealedRows = 0;
        begunBefore = true;
        lastBegunNanos = nowNanos;
    }

    /** Rows with a smaller tx are swept at the end. */
    int tx() {
        return tx;
    }

    void add(Row row) {
        row.unhealed = true;
        unhealedRows++;
    }

    /** The row was registered again, or is no longer wanted. */
    void done(Row row) {
        if (row.unhealed) {
            row.unhealed = false;
            unhealedRows--;
        }
    }

    boolean isReadyToSweep() {
        return active && unhealedRows == 0;
    }

    void end() {
        active = false;
    }
}
