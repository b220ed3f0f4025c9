package p101.index;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import p101.registry.Registry;

/** What all threads of one index share. Safe from any thread. */
public final class IndexContext {
    private final Registry registry;
    private final Optional<InetAddress> advertise;
    private final Optional<Consumer<String>> trace;

    /**
     * @param slotOffsetNanos what added to {@code nowNanos} gives the time since 1970: it lines the slots of the cookies up
     *     with those of other indexes on the same registry
     */
    public IndexContext(
            Registry registry,
            long slotOffsetNanos,
            Optional<InetAddress> advertise,
            Optional<Consumer<String>> trace) {
        this.registry = registry;
        this.advertise = advertise;
        this.trace = trace;
    }

    Registry registry() {
        return registry;
    }

    Optional<InetAddress> advertise() {
        return advertise;
    }

    Optional<Consumer<String>> trace() {
        return trace;
    }
}
