package p101.peer;

/** The smoothed round-trip time to the index (RFC 6298's average, gain 1/8). One thread. */
final class RoundTrip {
    private static final int GAIN_SHIFT = 3;
    private static final int WAIT_FACTOR = 3;

    private long smoothedNanos = -1;

    /** Takes one measured round trip; only of a datagram that was sent once, or the answer may belong to another send. */
    void sample(long nanos) {
        long sample = Math.max(0, nanos);
        smoothedNanos = smoothedNanos < 0 ? sample : smoothedNanos + ((sample - smoothedNanos) >> GAIN_SHIFT);
    }

    boolean isKnown() {
        return smoothedNanos >= 0;
    }

    /** How long an answer is worth waiting for: three round trips, within 20 ms and 0.5 s; 0.5 s when none is known. */
    long quickWaitNanos() {
        if (!isKnown()) {
            return ResendSchedule.FIRST_WAIT_NANOS;
        }
        long wait = WAIT_FACTOR * smoothedNanos;
        return Math.max(ResendSchedule.MIN_WAIT_NANOS, Math.min(ResendSchedule.FIRST_WAIT_NANOS, wait));
    }
}
