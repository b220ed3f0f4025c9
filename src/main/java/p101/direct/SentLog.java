package p101.direct;

/**
 * Which chunk each datagram carried and when it went out, for the newest numbers. A ring; a number that fell out of it is no
 * longer needed, because {@link #hasRoom} stops the sender before. One thread.
 */
final class SentLog {
    private static final int CAPACITY = 1 << 15;

    private final int[] chunks = new int[CAPACITY];
    private final long[] sentNanos = new long[CAPACITY];
    private long next = 1;
    private long oldest = 1;

    /** The number of the next datagram. */
    long next() {
        return next;
    }

    /** The oldest number whose fate is still open. */
    long oldest() {
        return oldest;
    }

    void forgetOldest() {
        oldest++;
    }

    boolean hasRoom() {
        return next - oldest < CAPACITY;
    }

    void add(int chunk, long nowNanos) {
        int slot = (int) (next & CAPACITY - 1);
        chunks[slot] = chunk;
        sentNanos[slot] = nowNanos;
        next++;
    }

    boolean knows(long number) {
        return number < next && number > 0 && next - number <= CAPACITY;
    }

    int chunk(long number) {
        return chunks[(int) (number & CAPACITY - 1)];
    }

    long sentNanos(long number) {
        return sentNanos[(int) (number & CAPACITY - 1)];
    }
}
