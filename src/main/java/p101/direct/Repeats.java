package p101.direct;

/** When the last word is said again: after 250 ms, then twice as long each time, up to 2 s. spec/DIRECT.md, section 4.2. One thread. */
final class Repeats {
    private static final long FIRST_NANOS = 250_000_000L;
    private static final long MOST_NANOS = 2_000_000_000L;

    private long atNanos;
    private long intervalNanos = FIRST_NANOS;

    /** Something new was heard or said. */
    void restart(long nowNanos) {
        intervalNanos = FIRST_NANOS;
        atNanos = nowNanos + intervalNanos;
    }

    long waitNanos(long nowNanos) {
        return atNanos - nowNanos;
    }

    /** Whether it is time; then the next time is set. */
    boolean isDue(long nowNanos) {
        if (atNanos - nowNanos > 0) {
            return false;
        }
        intervalNanos = Math.min(MOST_NANOS, 2 * intervalNanos);
        atNanos = nowNanos + intervalNanos;
        return true;
    }
}
