package p101.direct;

/** What is known of the way there and back. RFC 6298 for the estimate; the least of the last moments tells of queues. One thread. */
final class RoundTrip {
    /** Before anything was measured. */
    static final long INITIAL_NANOS = 250_000_000L;

    /** The receiver may keep an ACK back for so long. */
    static final long ACK_DELAY_NANOS = 25_000_000L;

    private static final long GRANULARITY_NANOS = 2_000_000L;
    private static final long MOST_PROBE_NANOS = 4_000_000_000L;

    /** A route may change: the least round trip is that of the last ten to twenty seconds. */
    private static final long EPOCH_NANOS = 10_000_000_000L;

    private boolean known;
    private long smoothed = INITIAL_NANOS;
    private long variation = INITIAL_NANOS / 2;
    private long latest = INITIAL_NANOS;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;
    private long epochNanos;

    void onSample(long sampleNanos, long nowNanos) {
        long sample = Math.max(1_000, sampleNanos);
        latest = sample;
        if (!known) {
            known = true;
            smoothed = sample;
            variation = sample / 2;
            epochNanos = nowNanos;
        } else {
            variation += (Math.abs(smoothed - sample) - variation) / 4;
            smoothed += (sample - smoothed) / 8;
        }
        if (nowNanos - epochNanos > EPOCH_NANOS) {
            epochNanos = nowNanos;
            leastBefore = least;
            least = Long.MAX_VALUE;
        }
        least = Math.min(least, sample);
    }

    boolean isKnown() {
        return known;
    }

    long smoothedNanos() {
        return smoothed;
    }

    long latestNanos() {
        return latest;
    }

    /** The shortest of late; as long as any when nothing is known. */
    long leastNanos() {
        long shortest = Math.min(least, leastBefore);
        return shortest == Long.MAX_VALUE ? smoothed : shortest;
    }

    /** Whether datagrams wait in some queue on the way, judged by the shortest round trip of one round. */
    boolean showsQueue(long shortestOfRoundNanos) {
        return shortestOfRoundNanos - leastNanos() > Math.max(3_000_000L, leastNanos() / 8);
    }

    /** After so long without an ACK something is to be sent that provokes one. */
    long probeNanos(int unansweredProbes) {
        long once = smoothed + Math.max(GRANULARITY_NANOS, 4 * variation) + ACK_DELAY_NANOS;
        return Math.min(MOST_PROBE_NANOS, once << Math.min(unansweredProbes, 6));
    }
}
