package p101.p2pci;

import java.util.concurrent.atomic.LongAdder;

/** What the P2P-CI port counts. Written by the loop, read from any thread. */
final class DoorTally {
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder badRequests = new LongAdder();
    private final LongAdder wrongVersions = new LongAdder();
    private final LongAdder crowded = new LongAdder();
    private final LongAdder floods = new LongAdder();
    private final LongAdder stalls = new LongAdder();

    void countTurnedAway() {
        turnedAway.increment();
    }

    void countRequest(Request request) {
        requests.increment();
        if (request instanceof Request.Refused refused) {
            (refused.status() == Status.VERSION_NOT_SUPPORTED ? wrongVersions : badRequests).increment();
        }
    }

    void countCrowded() {
        crowded.increment();
    }

    void countFlood() {
        floods.increment();
    }

    void countStall() {
        stalls.increment();
    }

    /**
     * @param refused connections that a listening address turned away by itself
     */
    DoorCounters snapshot(int connections, long refused) {
        return new DoorCounters(
                connections,
                refused + turnedAway.sum(),
                requests.sum(),
                badRequests.sum(),
                wrongVersions.sum(),
                crowded.sum(),
                floods.sum(),
                stalls.sum());
    }
}
