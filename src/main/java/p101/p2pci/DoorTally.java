package p101.p2pci;

import java.util.concurrent.atomic.LongAdder;

/** What the P2P-CI port counts. Written by the loop, read from any thread. */
final class DoorTally {
    private final LongAdder requests = new LongAdder();
    private final LongAdder badRequests = new LongAdder();
    private final LongAdder wrongVersions = new LongAdder();
    private final LongAdder floods = new LongAdder();
    private final LongAdder stalls = new LongAdder();

    void countRequest(Request request) {
        requests.increment();
        if (request instanceof Request.Refused refused) {
            (refused.status() == Status.VERSION_NOT_SUPPORTED ? wrongVersions : badRequests).increment();
        }
    }

    void countFlood() {
        floods.increment();
    }

    void countStall() {
        stalls.increment();
    }

    DoorCounters snapshot(int connections) {
        return new DoorCounters(
                connections, requests.sum(), badRequests.sum(), wrongVersions.sum(), floods.sum(), stalls.sum());
    }
}
