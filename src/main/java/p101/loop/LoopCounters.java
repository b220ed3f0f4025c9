package p101.loop;

/** The counters of an {@link EventLoop} at one moment. Immutable. */
public final class LoopCounters {
    private final long[] values;

    LoopCounters(long[] values) {
        this.values = values;
    }

    public long get(LoopCounter counter) {
        return values[counter.ordinal()];
    }

    /** {@code name=value} for each counter that is not 0. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (LoopCounter counter : LoopCounter.values()) {
            if (get(counter) != 0) {
                text.append(text.length() == 0 ? "" : " ")
                        .append(counter.name())
                        .append('=');
                text.append(get(counter));
            }
        }
        return text.toString();
    }
}
