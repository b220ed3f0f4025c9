package p101.direct;

/**
 * How many chunks may be on their way: CUBIC (RFC 9438) with its Reno part, a slow start that ends when the round trip grows
 * (HyStart), and one rule of its own: loss without any queue on the way is not the work of this sender, and costs less.
 * spec/DIRECT.md, section 5.2. One thread.
 */
final class CongestionWindow {
    static final double INITIAL = 10;

    /** As low as loss can bring it when a queue shows that the link is full. */
    static final double LEAST = 2;

    /** As low as loss can bring it when no queue shows: a link that loses at random still carries this much. */
    static final double LEAST_WITHOUT_QUEUE = 8;

    private static final double QUEUE_FACTOR = 0.7;
    private static final double RANDOM_FACTOR = 0.85;
    private static final double CUBIC_C = 0.4;
    private static final long LEAST_GROWTH_NANOS = 4_000_000L;
    private static final long MOST_GROWTH_NANOS = 16_000_000L;
    private static final int SAMPLES_OF_A_ROUND = 8;

    private double window = INITIAL;
    private double threshold = Double.MAX_VALUE;
    private double windowBefore;
    private double thresholdBefore;

    private double peak;
    private double reno;
    private long epochNanos;
    private boolean inEpoch;

    private long roundEnd;
    private long shortestOfRound = Long.MAX_VALUE;
    private long shortestOfLastRound = Long.MAX_VALUE;
    private int samples;

    int chunks() {
        return (int) window;
    }

    boolean isSlowStart() {
        return window < threshold;
    }

    /**
     * A round trip was measured.
     *
     * @param number of the datagram that was acknowledged
     * @param nextNumber of the next one to be sent
     */
    void onSample(long number, long nextNumber, long sampleNanos) {
        if (number >= roundEnd) {
            roundEnd = nextNumber;
            shortestOfLastRound = shortestOfRound;
            shortestOfRound = Long.MAX_VALUE;
            samples = 0;
        }
        shortestOfRound = Math.min(shortestOfRound, sampleNanos);
        samples++;
        if (isSlowStart() && samples >= SAMPLES_OF_A_ROUND && shortestOfLastRound != Long.MAX_VALUE) {
            long growth = Math.max(LEAST_GROWTH_NANOS, Math.min(MOST_GROWTH_NANOS, shortestOfLastRound / 8));
            if (shortestOfRound >= shortestOfLastRound + growth) {
                threshold = window;
            }
        }
    }

    /** The shortest round trip of this round, or of the last one while this one has none. */
    long shortestNanos() {
        return shortestOfRound != Long.MAX_VALUE ? shortestOfRound : shortestOfLastRound;
    }

    /**
     * Chunks were acknowledged.
     *
     * @param wasFull whether the window, and nothing else, held the sender back
     */
    void onAcked(int chunks, boolean wasFull, RoundTrip roundTrip, long nowNanos) {
        if (!wasFull) {
            return;
        }
        if (isSlowStart()) {
            window = Math.min(window + chunks, Math.max(threshold, window));
            return;
        }
        if (!inEpoch) {
            inEpoch = true;
            epochNanos = nowNanos;
            reno = window;
            peak = Math.max(peak, window);
        }
        double seconds = (nowNanos - epochNanos + roundTrip.smoothedNanos()) / 1e9;
        double k = Math.cbrt((peak - peak * QUEUE_FACTOR) / CUBIC_C);
        double cubic = CUBIC_C * Math.pow(seconds - k, 3) + peak;
        // With a factor of 0.7, RFC 9438 has Reno's part grow by 3 * 0.3 / 1.7 a round until it reaches the peak, then
        // by one.
        reno += (reno < peak ? 0.53 : 1) * chunks / window;
        // The cubic part counts seconds, not rounds: where a queue makes the rounds long it would overfill it time and
        // again.
        boolean queue = shortestNanos() != Long.MAX_VALUE && roundTrip.showsQueue(shortestNanos());
        double target = queue ? reno : Math.max(reno, Math.min(cubic, 1.5 * window));
        if (target > window) {
            window += Math.min(chunks, (target - window) / window * chunks);
        }
        window = Math.min(window, DirectLimits.HORIZON_CHUNKS);
    }

    /** Something was lost; to be called once for each round. */
    void onLoss(RoundTrip roundTrip) {
        windowBefore = window;
        thresholdBefore = threshold;
        long shortest = shortestNanos();
        boolean queue = shortest == Long.MAX_VALUE || roundTrip.showsQueue(shortest);
        peak = window < peak ? window * (1 + QUEUE_FACTOR) / 2 : window;
        window = queue
                ? Math.max(LEAST, window * QUEUE_FACTOR)
                : Math.max(Math.min(window, LEAST_WITHOUT_QUEUE), window * RANDOM_FACTOR);
        threshold = window;
        inEpoch = false;
    }

    /** What seemed lost in the last round had only come late. */
    void onLossWasNone() {
        window = Math.max(window, windowBefore);
        threshold = Math.max(threshold, thresholdBefore);
        inEpoch = false;
    }

    /** Several probes in a row got no answer: begin anew. */
    void onSilence() {
        threshold = Math.max(LEAST, Math.min(threshold, window / 2));
        window = LEAST;
        inEpoch = false;
    }
}
