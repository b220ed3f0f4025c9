package p101.overlay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a root or node counts. Written by the loop, read from any thread. */
final class OverlayTally {
    private final LongAdder packets = new LongAdder();
    private final LongAdder badPackets = new LongAdder();
    private final LongAdder badStreams = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder heard = new LongAdder();
    private final LongAdder said = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicInteger nodes = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    void countPacket() {
        packets.increment();
    }

    void countBadPacket() {
        badPackets.increment();
    }

    void countBadStream() {
        badStreams.increment();
    }

    void countRefused() {
        refused.increment();
    }

    void countHeard() {
        heard.increment();
    }

    void countSaid() {
        said.increment();
    }

    void countDropped() {
        dropped.increment();
    }

    void setConnections(int count) {
        connections.setRelease(count);
    }

    void setNodes(int count) {
        nodes.setRelease(count);
    }

    OverlayCounters snapshot() {
        return new OverlayCounters(
                nodes.getAcquire(),
                connections.getAcquire(),
                packets.sum(),
                badPackets.sum(),
                badStreams.sum(),
                refused.sum(),
                heard.sum(),
                said.sum(),
                dropped.sum());
    }
}
