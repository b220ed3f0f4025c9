package p101.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import p101.index.IndexContext;
import p101.index.IndexProtocol;
import p101.model.Endpoint;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.Registration;
import p101.registry.RegistryLimits;

/**
 * The real rules of an index over a real registry, in virtual time; it can be down, and restart with nothing in memory. Several indexes
 * may serve one registry: then each datagram goes to the next of them.
 */
final class SimIndex {
    static final int LEASE_SECONDS = 60;

    private static final long START_UNIX_SECONDS = 1_700_000_000L;
    private static final int ALL = 10_000;

    private final LossyNetwork network;
    private final Endpoint self;
    private final long seed;
    private MemoryRegistry registry;
    private final List<IndexProtocol> protocols = new ArrayList<>();
    private final int indexes;
    private int handled;
    private boolean up;
    int restarts;

    /** Each start has a cookie secret of its own. */
    private int starts;

    /** Every row that ever was, by id, and when it was last seen: what lists and searches may tell. */
    final Map<Long, Registration> everHeld = new HashMap<>();

    SimIndex(LossyNetwork network, Endpoint self, long seed, int indexes) {
        this.network = network;
        this.self = self;
        this.seed = seed;
        this.indexes = indexes;
        start();
    }

    private void start() {
        up = true;
        long unixSeconds = START_UNIX_SECONDS + network.now() / LossyNetwork.SECOND;
        registry = new MemoryRegistry(
                RegistryLimits.DEFAULT, LEASE_SECONDS, unixSeconds, Randomness.seeded(seed * 1_000 + starts++));
        protocols.clear();
        for (int i = 0; i < indexes; i++) {
            protocols.add(new IndexProtocol(new IndexContext(
                    registry, START_UNIX_SECONDS * LossyNetwork.SECOND, Optional.empty(), Optional.empty())));
        }
    }

    /** Everything that was in memory is gone: rows, floors, cookies. */
    void restartAfter(long downNanos) {
        up = false;
        restarts++;
        network.after(downNanos, this::start);
    }

    boolean isUp() {
        return up;
    }

    void receive(ByteBuffer datagram, Endpoint from, LossyNetwork.Receiver back) {
        if (up) {
            List<ByteBuffer> replies = new ArrayList<>();
            IndexProtocol protocol = protocols.get(handled++ % indexes);
            protocol.handle(datagram, from, self, network.now(), reply -> replies.add(copy(reply)));
            if (datagram.get(0) == 'R') {
                rows().forEach(row -> everHeld.put(row.id(), row)); // nothing else makes rows
            }
            replies.forEach(reply -> network.carry(reply, back));
        }
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** What is held now. */
    List<Registration> rows() {
        List<Registration> rows = new ArrayList<>();
        if (!up) {
            return rows;
        }
        long after = 0;
        boolean more = true;
        while (more) {
            Outcome[] outcome = new Outcome[1];
            registry.apply(new Command.Walk(after, ALL, ""), network.now(), answer -> outcome[0] = answer);
            Outcome.Listed listed = (Outcome.Listed) outcome[0];
            rows.addAll(listed.rows());
            after = listed.resumeId();
            more = listed.more();
        }
        return rows;
    }
}
