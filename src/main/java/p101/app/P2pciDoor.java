package p101.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import p101.index.IndexConfig;
import p101.loop.EventLoop;
import p101.model.Randomness;
import p101.p2pci.DoorCounters;
import p101.p2pci.DoorLimits;
import p101.p2pci.P2pciServer;
import p101.registry.Registry;

/** The P2P-CI port of an index, on a thread of its own; or none. Any thread. */
final class P2pciDoor implements AutoCloseable {
    /** Instead of a port: do not listen. */
    static final int CLOSED = -1;

    private static final long CLOSE_MILLIS = 2_000;

    private final EventLoop loop;
    private final Thread thread;
    private final List<P2pciServer> servers;

    private P2pciDoor(EventLoop loop, Thread thread, List<P2pciServer> servers) {
        this.loop = loop;
        this.thread = thread;
        this.servers = servers;
    }

    /**
     * Listens on the addresses that the index answers on.
     *
     * @param port 0 = a free one; {@link #CLOSED} = do not
     * @throws CommandFailure when the port is in use
     * @throws IOException when the operating system refuses otherwise
     */
    static P2pciDoor open(int port, IndexConfig config, Registry registry, Consumer<Throwable> failures)
            throws CommandFailure, IOException {
        if (port == CLOSED) {
            return new P2pciDoor(null, null, List.of());
        }
        EventLoop loop = new EventLoop(System::nanoTime, failures);
        boolean opened = false;
        try {
            List<P2pciServer> servers = listen(loop, port, config, registry);
            Thread thread = new Thread(loop::run, "p101-p2pci");
            thread.setDaemon(true);
            thread.start();
            opened = true;
            return new P2pciDoor(loop, thread, servers);
        } catch (BindException inUse) {
            throw new CommandFailure(
                    ExitCode.IN_USE,
                    "TCP port " + port + " is in use by another program: choose another one with --p2pci=PORT",
                    inUse);
        } finally {
            if (!opened) {
                loop.close();
            }
        }
    }

    private static List<P2pciServer> listen(EventLoop loop, int port, IndexConfig config, Registry registry)
            throws IOException {
        List<P2pciServer> servers = new ArrayList<>();
        if (config.bind().isEmpty()) {
            servers.add(listen(loop, new InetSocketAddress(port), config, registry));
        }
        int chosen = port;
        for (InetAddress address : config.bind()) {
            servers.add(listen(loop, new InetSocketAddress(address, chosen), config, registry));
            chosen = servers.get(0).localAddress().getPort();
        }
        return servers;
    }

    private static P2pciServer listen(EventLoop loop, InetSocketAddress local, IndexConfig config, Registry registry)
            throws IOException {
        return P2pciServer.start(loop, local, registry, DoorLimits.DEFAULT, config.advertise(), Randomness.secure());
    }

    boolean isOpen() {
        return !servers.isEmpty();
    }

    int port() {
        return servers.get(0).localAddress().getPort();
    }

    void addCounters(Map<String, String> fields) {
        for (P2pciServer server : servers) {
            DoorCounters counters = server.counters();
            add(fields, "p2pci_connections", counters.connections());
            add(fields, "p2pci_requests", counters.requests());
            add(fields, "p2pci_bad_requests", counters.badRequests());
            add(fields, "p2pci_wrong_versions", counters.wrongVersions());
            add(fields, "p2pci_floods", counters.floods());
            add(fields, "p2pci_stalls", counters.stalls());
        }
    }

    private static void add(Map<String, String> fields, String name, long count) {
        fields.merge(name, Long.toString(count), (a, b) -> Long.toString(Long.parseLong(a) + Long.parseLong(b)));
    }

    /** Ends every connection. */
    @Override
    public void close() {
        if (loop != null) {
            loop.close();
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
