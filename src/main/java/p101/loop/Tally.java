package p101.loop;

import java.util.concurrent.atomic.AtomicLong;

/** Where the loop's thread counts and others read: one writer, so that no addition needs a locked instruction. */
final class Tally {
    private final AtomicLong[] values = new AtomicLong[LoopCounter.values().length];

    Tally() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new AtomicLong();
        }
    }

    void count(LoopCounter counter) {
        add(counter, 1);
    }

    void add(LoopCounter counter, long amount) {
        AtomicLong value = values[counter.ordinal()];
        value.setRelease(value.getPlain() + amount);
    }

    LoopCounters snapshot() {
        long[] copy = new long[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i].getAcquire();
        }
        return new LoopCounters(copy);
    }
}
