package p101.direct;

import java.util.SplittableRandom;

/**
 * One direction of a network: so many bytes a second, a queue with an end, a delay, and faults.
 *
 * @param bytesPerSecond 0 = no limit
 * @param queueBytes what waits for the link at most; beyond it datagrams are dropped
 * @param delayNanos the way itself
 * @param jitterNanos up to so much more, for each datagram anew: so they overtake each other
 * @param loss share of datagrams that vanish
 * @param doubled share of datagrams that come twice
 */
record SimulatedLink(
        long bytesPerSecond, int queueBytes, long delayNanos, long jitterNanos, double loss, double doubled) {
    static final long MILLI = 1_000_000L;

    static SimulatedLink clean(long delayMillis) {
        return new SimulatedLink(0, 0, delayMillis * MILLI, 0, 0, 0);
    }

    static SimulatedLink limited(long bytesPerSecond, int queueBytes, long delayMillis) {
        return new SimulatedLink(bytesPerSecond, queueBytes, delayMillis * MILLI, 0, 0, 0);
    }

    SimulatedLink withFaults(double lossShare, double doubledShare, long jitterMillis) {
        return new SimulatedLink(bytesPerSecond, queueBytes, delayNanos, jitterMillis * MILLI, lossShare, doubledShare);
    }

    /** A link at work. */
    static final class Running {
        private final SimulatedLink link;
        private final SplittableRandom random;
        private long busyUntilNanos;
        long offered;
        long dropped;
        long offeredBytes;

        /** Longer datagrams vanish. */
        int mostBytes = Integer.MAX_VALUE;

        Running(SimulatedLink link, SplittableRandom random) {
            this.link = link;
            this.random = random;
        }

        /** When a datagram comes out, once or twice; empty when it does not. */
        long[] carry(int bytes, long nowNanos) {
            offered++;
            offeredBytes += bytes;
            if (bytes > mostBytes) {
                return new long[0];
            }
            long out = nowNanos;
            if (link.bytesPerSecond() > 0) {
                long waiting = Math.max(0, busyUntilNanos - nowNanos);
                long queued = waiting * link.bytesPerSecond() / 1_000_000_000L;
                if (queued + bytes > link.queueBytes()) {
                    dropped++;
                    return new long[0];
                }
                busyUntilNanos = nowNanos + waiting + bytes * 1_000_000_000L / link.bytesPerSecond();
                out = busyUntilNanos;
            }
            if (random.nextDouble() < link.loss()) {
                return new long[0];
            }
            boolean twice = random.nextDouble() < link.doubled();
            return twice ? new long[] {arrival(out), arrival(out)} : new long[] {arrival(out)};
        }

        private long arrival(long outNanos) {
            long jitter = link.jitterNanos() == 0 ? 0 : random.nextLong(link.jitterNanos());
            return outNanos + link.delayNanos() + jitter;
        }
    }
}
