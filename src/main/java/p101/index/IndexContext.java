package p101.index;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import p101.model.Endpoint;
import p101.pdu.Pdu;
import p101.pdu.PduException;
import p101.pdu.PduLog;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.Registry;

/** What all threads of one index share: registry, secret, guard, counters, its own addresses. Safe from any thread. */
public final class IndexContext {
    private final Registry registry;
    private final long slotOffsetNanos;
    private final Optional<InetAddress> advertise;
    private final Optional<Consumer<String>> trace;
    private final byte[] secret;
    private final SpoofGuard guard;
    private final List<IndexCounters> counters = new CopyOnWriteArrayList<>();
    private final Set<Endpoint> own = ConcurrentHashMap.newKeySet();
    private volatile IndexSnapshot.Size size = new IndexSnapshot.Size(0, 0);

    /**
     * @param slotOffsetNanos what added to {@code nowNanos} gives the time since 1970: it lines the slots of the cookies up
     *     with those of other indexes on the same registry
     * @param advertise see {@link IndexConfig}
     * @param trace see {@link IndexConfig}
     */
    public IndexContext(
            Registry registry,
            long slotOffsetNanos,
            Optional<InetAddress> advertise,
            Optional<Consumer<String>> trace) {
        this.registry = registry;
        this.slotOffsetNanos = slotOffsetNanos;
        this.advertise = advertise;
        this.trace = trace;
        this.secret = registry.cookieSecret();
        this.guard = new SpoofGuard(ByteBuffer.wrap(secret).getLong(Long.BYTES));
    }

    Registry registry() {
        return registry;
    }

    Cookies newCookies() {
        return new Cookies(secret, slotOffsetNanos);
    }

    SpoofGuard guard() {
        return guard;
    }

    /** Counters for one thread, which later snapshots include. */
    IndexCounters newCounters() {
        IndexCounters ofThread = new IndexCounters();
        counters.add(ofThread);
        return ofThread;
    }

    /** Where this index answers: what claims to come from there is dropped. */
    Set<Endpoint> own() {
        return own;
    }

    Optional<InetAddress> advertise() {
        return advertise;
    }

    void trace(PduLog.Direction direction, Endpoint remote, Pdu pdu) {
        if (trace.isPresent()) {
            trace.get().accept(PduLog.line(direction, remote, pdu));
        }
    }

    void trace(Endpoint remote, PduException problem) {
        if (trace.isPresent()) {
            trace.get().accept(PduLog.malformed(PduLog.Direction.RECEIVED, remote, problem));
        }
    }

    /** What was done so far. */
    public IndexSnapshot snapshot() {
        return snapshot(-1);
    }

    IndexSnapshot snapshot(long kernelDrops) {
        return IndexCounters.snapshot(counters, size, kernelDrops);
    }

    /** Asks the registry how much it holds, for later snapshots; this also lets it tidy up when nobody else asks for anything. */
    void measure(long nowNanos) {
        registry.apply(new Command.Count(), nowNanos, outcome -> {
            if (outcome instanceof Outcome.Totals totals) {
                size = new IndexSnapshot.Size(totals.rows(), totals.owners());
            }
        });
    }
}
