package p101.direct;

/** What is known of the way there and back. RFC 6298 for the estimate; the least tells of queues. One thread. */
final class RoundTrip {
    /** Before anything was measured. */
    static final long INITIAL_NANOS = 250_000_000L;

    /** The receiver may keep an ACK back for so long. */
    static final long ACK_DELAY_NANOS = 25_000_000L;

    private static final long GRANULARITY_NANOS = 2_000_000L;
    private static final long MOST_PROBE_NANOS = 4_000_000_000L;

    private static final long LEAST_QUEUE_NANOS = 3_000_000L;

    private boolean known;
    private long smoothed = INITIAL_NANOS;
    private long variation = INITIAL_NANOS / 2;
    private long latest = INITIAL_NANOS;
    private long least = Long.MAX_VALUE;

    void onSample(long sampleNanos) {
        long sample = Math.max(1_000, sampleNanos);
        latest = sample;
        if (!known) {
            known = true;
            smoothed = sample;
            variation = sample / 2;
        } else {
            variation += (Math.abs(smoothed - sample) - variation) / 4;
            smoothed += (sample - smoothed) / 8;
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

    /**
     * The shortest of all: a way that has become longer is taken for one with a queue, which costs speed and floods nobody; the
     * other way round it would.
     */
    long leastNanos() {
        return least == Long.MAX_VALUE ? smoothed : least;
    }

    /** Whether datagrams wait in some queue on the way, judged by the shortest round trip of one round. */
    boolean showsQueue(long shortestOfRoundNanos) {
        return shortestOfRoundNanos - leastNanos()
                > Math.max(LEAST_QUEUE_NANOS, Math.max(leastNanos() / 8, 2 * variation));
    }

    /** After so long without an ACK something is to be sent that provokes one. */
    long probeNanos(int unansweredProbes) {
        long once = smoothed + Math.max(GRANULARITY_NANOS, 4 * variation) + ACK_DELAY_NANOS;
        return Math.min(MOST_PROBE_NANOS, once << Math.min(unansweredProbes, 6));
    }
}
