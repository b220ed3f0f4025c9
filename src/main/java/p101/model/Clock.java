package p101.model;

/** The two clocks: one that only runs forward, for every duration, and the wall clock, for what people and {@code tx} see. */
public interface Clock {
    /** Monotonic time in nanoseconds from an arbitrary origin; compare by difference only. */
    long nowNanos();

    /** Milliseconds since 1970-01-01T00:00Z; may jump either way. */
    long unixMillis();

    /** Seconds since 1970-01-01T00:00Z. */
    default long unixSeconds() {
        return Math.floorDiv(unixMillis(), 1000L);
    }

    /** The clocks of this machine. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public long unixMillis() {
            return System.currentTimeMillis();
        }
    };
}
