package p101.rendezvous;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.Registry;

/**
 * The rendezvous port of an index: TCP, 8031 by default, over the registry that the other doors use. To be made, to listen and to
 * be closed on the loop's thread, or while the loop does not run yet. The outcomes of the registry must come on that thread too.
 */
public final class RendezvousServer implements AutoCloseable {
    /** The port of the published system. */
    public static final int DEFAULT_PORT = 8_031;

    /** How often peers whose time is over are looked for when nobody asks. */
    private static final long EXPIRY_NANOS = 1_000_000_000L;

    private static final String TOO_MANY = "HTTP/1.1 503 Service Unavailable\r\nServer: " + HttpAnswer.SERVER
            + "\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";

    private final EventLoop loop;
    private final RendezvousLimits limits;
    private final InetAddress advertiseOrNull;
    private final Desk desk;
    private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();
    private boolean closed;

    /**
     * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that
     *     was asked
     * @param clock the wall clock, for the dates of answers; durations are the loop's
     * @param randomness unguessable, for what tells registrations apart
     */
    public RendezvousServer(
            EventLoop loop,
            Registry registry,
            RendezvousLimits limits,
            Optional<InetAddress> advertise,
            Clock clock,
            Randomness randomness) {
        this.loop = loop;
        this.limits = limits;
        this.advertiseOrNull = advertise.orElse(null);
        this.desk = new Desk(new PeerDirectory(registry, limits, randomness), clock::unixMillis);
        loop.schedule(EXPIRY_NANOS, this::expire);
    }

    /**
     * Listens on one more address.
     *
     * @param local port 0 = any free one
     * @return where it listens
     * @throws IOException when the port is in use or the address not of this machine
     */
    public InetSocketAddress listen(InetSocketAddress local) throws IOException {
        AcceptLimits accept =
                new AcceptLimits(limits.connections(), limits.connectionsPerAddress()).withinDescriptorLimit();
        SocketSettings settings = new SocketSettings(0, 0, RendezvousConnection.MAX_QUEUED_BYTES);
        Acceptor acceptor =
                loop.listen(local, accept, settings, remote -> new RendezvousConnection(loop, desk, advertiseOrNull));
        acceptor.setLastWords(ByteBuffer.wrap(TOO_MANY.getBytes(StandardCharsets.US_ASCII)));
        acceptors.add(acceptor);
        return acceptor.localAddress();
    }

    private void expire() {
        if (!closed) {
            desk.directory().expire(loop.nowNanos());
            loop.schedule(EXPIRY_NANOS, this::expire);
        }
    }

    /** What it did so far. Any thread; the number of connections is exact on the loop's thread alone. */
    public RendezvousCounters counters() {
        int connections = 0;
        long refused = 0;
        for (Acceptor acceptor : new ArrayList<>(acceptors)) {
            connections += acceptor.openConnections();
            refused += acceptor.refusedConnections();
        }
        Tally tally = desk.tally;
        return new RendezvousCounters(
                connections,
                refused,
                tally.requests.sum(),
                tally.refusedRequests.sum(),
                tally.slowRequests.sum(),
                tally.stalls.sum());
    }

    /** Peers that registered here and have not expired. Loop thread. */
    int registered() {
        return desk.directory().size();
    }

    /** Takes no more connections; those that stand go on until they, or the loop, end. */
    @Override
    public void close() {
        closed = true;
        acceptors.forEach(Acceptor::close);
    }
}
