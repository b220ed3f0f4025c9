package p101.lobby;

/**
 * How fast something may come: so much at once, so much a second in the long run. Nothing is refused; what comes too fast is
 * told how long it has to wait, in the order in which it came. Pure. One thread.
 */
final class Pace {
    private final long burstNanos;
    private long freeNanos;
    private boolean used;

    /**
     * @param burstNanos how much of a second's worth may come at once, as time
     */
    Pace(long burstNanos) {
        this.burstNanos = burstNanos;
    }

    /**
     * Takes its share.
     *
     * @param costNanos what it costs, as time
     * @return nanoseconds to wait before it is done; 0 = at once
     */
    long reserve(long costNanos, long nowNanos) {
        long waitNanos = Math.max(0, debtNanos(nowNanos) - burstNanos);
        freeNanos = nowNanos + debtNanos(nowNanos) + costNanos;
        used = true;
        return waitNanos;
    }

    /** What was taken and is not yet paid for by time. */
    long debtNanos(long nowNanos) {
        return used ? Math.max(0, freeNanos - nowNanos) : 0;
    }
}
