package p101.p2pci;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.model.Randomness;
import p101.registry.Registry;

/**
 * The P2P-CI port of an index: TCP, 7734 by default, over the registry that the other doors use. It may listen on several
 * addresses; whoever comes, it is one index with one set of limits. To be started and closed on the loop's thread, or while the
 * loop does not run yet. The outcomes of the registry must come on that thread too.
 */
public final class P2pciServer implements AutoCloseable {
    /** The port of the protocol. */
    public static final int DEFAULT_PORT = 7_734;

    /** A program that says nothing for so long is probed: connections live for hours, and a dead one keeps its rows. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final EventLoop loop;
    private final Door door;
    private final DoorLimits limits;
    private final DoorTally tally = new DoorTally();
    private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

    /**
     * It does not listen yet.
     *
     * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that
     *     was asked
     * @param randomness unguessable, for what tells connections apart
     */
    public P2pciServer(
            EventLoop loop,
            Registry registry,
            DoorLimits limits,
            Optional<InetAddress> advertise,
            Randomness randomness) {
        this.loop = loop;
        this.door = new Door(registry, limits, advertise, randomness);
        this.limits = limits;
    }

    /**
     * Listens on one more address.
     *
     * @param local port 0 = any free one
     * @return where it listens, with the port that the system chose
     * @throws IOException when the port is in use or the address not of this machine
     */
    public InetSocketAddress listen(InetSocketAddress local) throws IOException {
        AcceptLimits accept = new AcceptLimits(limits.connections(), limits.connectionsPerAddress());
        SocketSettings settings =
                new SocketSettings(0, 0, DoorConnection.MAX_QUEUED_BYTES).withKeepAliveSeconds(KEEP_ALIVE_SECONDS);
        Acceptor acceptor = loop.listen(local, accept.withinDescriptorLimit(), settings, this::admit);
        acceptor.setLastWords(Answer.status(Status.BAD_REQUEST, new Manner(LineEnd.CRLF, EndMark.NONE)));
        acceptors.add(acceptor);
        return acceptor.localAddress();
    }

    /** Each listening address keeps the limits for itself; here the one in all holds for them together. */
    private ConnectionHandler admit(InetSocketAddress remote) {
        if (door.visits() >= limits.connections()) {
            tally.countTurnedAway();
            return null;
        }
        return new DoorConnection(loop, door, tally);
    }

    /** What it did so far. Any thread; the number of connections is exact on the loop's thread alone. */
    public DoorCounters counters() {
        long refused =
                acceptors.stream().mapToLong(Acceptor::refusedConnections).sum();
        return tally.snapshot(door.visits(), refused);
    }

    /** Takes no more connections; those that stand go on until they, or the loop, end. */
    @Override
    public void close() {
        acceptors.forEach(Acceptor::close);
    }
}
