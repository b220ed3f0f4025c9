package p101.rendezvous;

import java.util.concurrent.atomic.LongAdder;

/** What the rendezvous port counts. Written by the loop, read from any thread. */
final class Tally {
    final LongAdder requests = new LongAdder();
    final LongAdder refusedRequests = new LongAdder();
    final LongAdder slowRequests = new LongAdder();
    final LongAdder stalls = new LongAdder();
}
