package p101.p2pci;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.model.Randomness;
import p101.registry.Registry;

/**
 * The P2P-CI port of an index: TCP, 7734 by default, over the registry that the other doors use. To be started and closed on
 * the loop's thread, or while the loop does not run yet. The outcomes of the registry must come on that thread too.
 */
public final class P2pciServer implements AutoCloseable {
    /** The port of the protocol. */
    public static final int DEFAULT_PORT = 7_734;

    /** A program that says nothing for so long is probed: connections live for hours, and a dead one keeps its rows. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Acceptor acceptor;
    private final DoorTally tally;

    private P2pciServer(Acceptor acceptor, DoorTally tally) {
        this.acceptor = acceptor;
        this.tally = tally;
    }

    /**
     * Starts to listen.
     *
     * @param local where; port 0 = any free one
     * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that
     *     was asked
     * @param randomness unguessable, for what tells connections apart
     * @throws IOException when the port is in use or the address not of this machine
     */
    public static P2pciServer start(
            EventLoop loop,
            InetSocketAddress local,
            Registry registry,
            DoorLimits limits,
            Optional<InetAddress> advertise,
            Randomness randomness)
            throws IOException {
        Door door = new Door(registry, limits, advertise, randomness);
        DoorTally tally = new DoorTally();
        AcceptLimits accept = new AcceptLimits(limits.connections(), limits.connectionsPerAddress());
        SocketSettings settings =
                new SocketSettings(0, 0, DoorConnection.MAX_QUEUED_BYTES).withKeepAliveSeconds(KEEP_ALIVE_SECONDS);
        Acceptor acceptor = loop.listen(
                local, accept.withinDescriptorLimit(), settings, remote -> new DoorConnection(loop, door, tally));
        return new P2pciServer(acceptor, tally);
    }

    /** Where it listens, with the port that the system chose. Any thread. */
    public InetSocketAddress localAddress() {
        return acceptor.localAddress();
    }

    /** What it did so far. Any thread; the number of connections is exact on the loop's thread alone. */
    public DoorCounters counters() {
        return tally.snapshot(acceptor.openConnections());
    }

    /** Takes no more connections; those that stand go on until they, or the loop, end. */
    @Override
    public void close() {
        acceptor.close();
    }
}
