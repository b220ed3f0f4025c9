package p101.peer;

import p101.model.Clock;

/** A clock that the test moves. */
final class ManualClock implements Clock {
    long nowNanos;
    long unixMillis = 1_700_000_000_000L;

    void advanceNanos(long nanos) {
        nowNanos += nanos;
        unixMillis += nanos / 1_000_000;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public long unixMillis() {
        return unixMillis;
    }
}
