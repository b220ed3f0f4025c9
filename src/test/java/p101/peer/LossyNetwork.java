package p101.peer;

import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time, and a network that loses, doubles, delays and reorders, all from one seed: the events happen one after the
 * other on the calling thread.
 */
final class LossyNetwork {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    /** No copy of a datagram lives longer: the age that the rules of the index reckon with. */
    static final long MAX_COPY_AGE_NANOS = 120 * SECOND;

    private static final int SLOW_PERCENT = 5;
    private static final int LATE_PERCENT = 30;

    private record Event(long atNanos, long order, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** Where a datagram ends up. */
    interface Receiver {
        void receive(ByteBuffer datagram);
    }

    final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final int lossPercent;
    private final int doublePercent;
    private long nowNanos;
    private long order;
    long lost;
    long doubled;
    long delivered;

    LossyNetwork(SplittableRandom random, int lossPercent, int doublePercent) {
        this.random = random;
        this.lossPercent = lossPercent;
        this.doublePercent = doublePercent;
    }

    long now() {
        return nowNanos;
    }

    void after(long nanos, Runnable task) {
        events.add(new Event(nowNanos + nanos, order++, task));
    }

    /** Runs everything that happens in a span of time. */
    void run(long nanos) {
        long end = nowNanos + nanos;
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.poll();
            nowNanos = event.atNanos();
            event.task().run();
        }
        nowNanos = end;
    }

    /** Sends a datagram on its way: it arrives once, twice, late, or never. */
    void carry(ByteBuffer datagram, Receiver receiver) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.duplicate().get(copy);
        if (happens(lossPercent)) {
            lost++;
        } else {
            deliver(delay(), copy, receiver);
        }
        if (happens(doublePercent)) {
            doubled++;
            boolean veryLate = happens(LATE_PERCENT);
            deliver(veryLate ? random.nextLong(MAX_COPY_AGE_NANOS) : delay(), copy, receiver);
        }
    }

    private void deliver(long delayNanos, byte[] datagram, Receiver receiver) {
        after(delayNanos, () -> {
            delivered++;
            receiver.receive(ByteBuffer.wrap(datagram));
        });
    }

    /** Mostly a few milliseconds; one in twenty takes up to two seconds, and is overtaken. */
    private long delay() {
        return happens(SLOW_PERCENT) ? random.nextLong(2 * SECOND) : MILLI / 2 + random.nextLong(10 * MILLI);
    }

    boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }
}
