package p101.peer;

/**
 * How many registrations may be outstanding: from 16 up to 256, one more for each answer, half after a timeout. Without it
 * a hundred thousand files would go out one by one, or all at once into a full buffer. spec/PDU.md, section 8.2. One thread.
 */
final class SendWindow {
    static final int MIN = 16;
    static final int MAX = 256;

    private int size = MIN;
    private long lastHalvedNanos;
    private boolean halvedBefore;

    int size() {
        return size;
    }

    void onAnswer() {
        size = Math.min(MAX, size + 1);
    }

    /** Halves it, once for all that were sent before the last halving: they were lost together. */
    void onTimeout(long sentNanos, long nowNanos) {
        if (!halvedBefore || sentNanos - lastHalvedNanos >= 0) {
            size = Math.max(MIN, size / 2);
            lastHalvedNanos = nowNanos;
            halvedBefore = true;
        }
    }
}
