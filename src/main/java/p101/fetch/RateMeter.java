package p101.fetch;

/** Bytes per second, smoothed; a pure function of what it is told. */
final class RateMeter {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Weight of the newest second against all before. */
    private static final double SMOOTHING_SECONDS = 1.5;

    private long sinceNanos;
    private long bytes;
    private double smoothed = -1;

    RateMeter(long nowNanos) {
        sinceNanos = nowNanos;
    }

    void add(long newBytes) {
        bytes += newBytes;
    }

    /** Starts to measure anew, for example after a time in which nothing was asked for. */
    void restart(long nowNanos) {
        sinceNanos = nowNanos;
        bytes = 0;
    }

    /** Closes a sample; call it every quarter of a second or so. */
    void sample(long nowNanos) {
        double seconds = (nowNanos - sinceNanos) / NANOS_PER_SECOND;
        if (seconds <= 0) {
            return;
        }
        double rate = bytes / seconds;
        double weight = seconds / (seconds + SMOOTHING_SECONDS);
        smoothed = smoothed < 0 ? rate : smoothed + weight * (rate - smoothed);
        restart(nowNanos);
    }

    /** Bytes per second; before the first sample what was seen so far. */
    double perSecond(long nowNanos) {
        if (smoothed >= 0) {
            return smoothed;
        }
        double seconds = (nowNanos - sinceNanos) / NANOS_PER_SECOND;
        return seconds <= 0 ? 0 : bytes / seconds;
    }
}
