package p101.library;

import java.util.concurrent.TimeUnit;
import p101.model.Clock;

/** A clock that the test moves; it begins at the machine's own time, since files carry that. */
final class ManualClock implements Clock {
    private final long startMillis = System.currentTimeMillis();
    private volatile long nanos;

    void advanceMillis(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long nowNanos() {
        return nanos;
    }

    @Override
    public long unixMillis() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
