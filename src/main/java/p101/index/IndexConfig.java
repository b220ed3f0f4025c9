package p101.index;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an index listens and what it tells.
 *
 * @param port UDP port, 0 = any free one
 * @param bind the local addresses to answer on; empty = all that this machine has, also those that come later
 * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that was asked
 * @param trace gets one line for each PDU, from several threads
 */
public record IndexConfig(
        int port, List<InetAddress> bind, Optional<InetAddress> advertise, Optional<Consumer<String>> trace) {
    /** The port of the protocol. */
    public static final int DEFAULT_PORT = 60_000;

    /** All local addresses, the protocol's port, no trace. */
    public static final IndexConfig DEFAULT =
            new IndexConfig(DEFAULT_PORT, List.of(), Optional.empty(), Optional.empty());

    public IndexConfig {
        bind = List.copyOf(bind);
        Objects.requireNonNull(advertise);
        Objects.requireNonNull(trace);
    }

    public IndexConfig withPort(int newPort) {
        return new IndexConfig(newPort, bind, advertise, trace);
    }

    public IndexConfig withBind(List<InetAddress> addresses) {
        return new IndexConfig(port, addresses, advertise, trace);
    }

    public IndexConfig withAdvertise(InetAddress address) {
        return new IndexConfig(port, bind, Optional.of(address), trace);
    }

    public IndexConfig withTrace(Consumer<String> sink) {
        return new IndexConfig(port, bind, advertise, Optional.of(sink));
    }
}
