package p101.index;

import java.io.IOException;
import java.util.List;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.registry.Registry;

/** An index on the network: one UDP channel and one blocking thread for each local address. Safe from any thread. */
public final class IndexServer implements AutoCloseable {
    private final List<Endpoint> endpoints = List.of();

    private IndexServer() {}

    /**
     * Opens the channels and starts to answer.
     *
     * @throws IndexPortInUseException when another program has the port; the message says what to do
     * @throws IOException when no address could be opened
     */
    public static IndexServer start(IndexConfig config, Registry registry, Clock clock) throws IOException {
        return new IndexServer();
    }

    /** Where it answers; never empty while it is open. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The UDP port, the same on all addresses. */
    public int port() {
        return 0;
    }

    /** What it did so far. */
    public IndexSnapshot counters() {
        return new IndexSnapshot();
    }

    /** Stops answering; returns when the threads have ended. */
    @Override
    public void close() {}
}
