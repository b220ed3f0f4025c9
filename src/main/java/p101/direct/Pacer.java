package p101.direct;

/** Spreads a window over its round trip, so that no queue on the way has to take it at once. One thread. */
final class Pacer {
    /** What was not sent for want of a turn may be sent at once, up to this much time's worth. */
    private static final long BURST_NANOS = 2_000_000L;

    private static final double SLOW_START_GAIN = 2;
    private static final double GAIN = 1.25;

    private long nextNanos;
    private boolean begun;

    /** How long until the next chunk may be sent; 0 = now. */
    long waitNanos(long nowNanos) {
        return begun ? Math.max(0, nextNanos - nowNanos) : 0;
    }

    void onSent(CongestionWindow window, RoundTrip roundTrip, long nowNanos) {
        double gain = window.isSlowStart() ? SLOW_START_GAIN : GAIN;
        long interval = (long) (roundTrip.smoothedNanos() / (gain * Math.max(1, window.chunks())));
        long earliest = nowNanos - Math.max(BURST_NANOS, interval);
        nextNanos = (begun && nextNanos - earliest > 0 ? nextNanos : earliest) + interval;
        begun = true;
    }
}
