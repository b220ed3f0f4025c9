package p101.overlay;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.loop.TimerHandle;
import p101.model.Endpoint;

/**
 * The sockets of a root or node: brings connections and the rules together, and decides nothing itself. Loop thread, except
 * {@link #tally}.
 */
final class OverlayStation implements Actions, AutoCloseable {
    /** A neighbour's machine that is gone is noticed even when nothing is to be sent. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /** Room for the longest packet; more is never given to a socket before its ACK. */
    private static final int MAX_QUEUED_BYTES = 2 * PacketCodec.MAX_BODY_BYTES;

    private static final SocketSettings SETTINGS =
            new SocketSettings(0, 0, MAX_QUEUED_BYTES).withKeepAliveSeconds(KEEP_ALIVE_SECONDS);

    /** Nothing but ACKs goes out on a connection of others; a sender has one packet under way, so thousands are not read. */
    private static final int ACK_BUFFER_BYTES = 16_384;

    private static final SocketSettings ACCEPT_SETTINGS =
            new SocketSettings(ACK_BUFFER_BYTES, 0, ACK_BUFFER_BYTES).withKeepAliveSeconds(KEEP_ALIVE_SECONDS);

    private final EventLoop loop;
    private final OverlayListener listener;
    private final OverlayTally tally = new OverlayTally();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final Map<LinkKey, Link> links = new HashMap<>();
    private final Map<Long, Inbound> inbounds = new HashMap<>();
    /** Connections on which a packet is being handled now, by their id: what may be refused. */
    private final Map<Long, Connection> handling = new HashMap<>();

    private Logic logic;
    private TimerHandle tick;
    private long lastId;
    private int pendingBytes;
    private boolean closed;

    OverlayStation(EventLoop loop, OverlayListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Begins to ask the rules what is due. */
    void start(Logic rules) {
        logic = rules;
        tick = loop.schedule(0, this::onTick);
    }

    Acceptor listen(InetSocketAddress local) throws IOException {
        AcceptLimits limits = new AcceptLimits(OverlayLimits.CONNECTIONS, OverlayLimits.CONNECTIONS_PER_ADDRESS)
                .withinDescriptorLimit();
        Acceptor acceptor = loop.listen(local, limits, ACCEPT_SETTINGS, remote -> new Inbound(this));
        acceptors.add(acceptor);
        return acceptor;
    }

    /** Ends everything. */
    @Override
    public void close() {
        closed = true;
        acceptors.forEach(Acceptor::close);
        if (tick != null) {
            tick.cancel();
        }
        List.copyOf(links.values()).forEach(link -> link.giveUp(CloseReason.LOCAL));
        links.clear();
        List.copyOf(inbounds.values()).forEach(inbound -> inbound.close(CloseReason.LOCAL));
    }

    OverlayTally tally() {
        return tally;
    }

    /** Whether a packet waits for a neighbour, or for its ACK. */
    boolean isUnsent() {
        return links.values().stream().anyMatch(Link::isUnsent);
    }

    /** Whether so much waits for a neighbour that what can wait should. */
    boolean isBusy() {
        return links.values().stream().anyMatch(Link::isBusy);
    }

    private void onTick() {
        long now = nowNanos();
        for (Map.Entry<LinkKey, Link> entry : List.copyOf(links.entrySet())) {
            Link link = entry.getValue();
            if (link.isOverdue(now) || link.stream().isStuck(now, true)) {
                link.giveUp(CloseReason.TOO_SLOW);
                linkLost(entry.getKey(), link, CloseReason.TOO_SLOW);
            }
        }
        for (Inbound inbound : List.copyOf(inbounds.values())) {
            if (inbound.isStuck(now)) {
                tally.countBadStream();
                inbound.close(CloseReason.TOO_SLOW);
            }
        }
        if (!closed) {
            tick = loop.schedule(OverlayTimes.TICK_NANOS, this::onTick);
            logic.onTick(now);
        }
    }

    // ---- what the connections tell ----

    long nowNanos() {
        return loop.nowNanos();
    }

    TimerHandle schedule(long delayNanos, Runnable task) {
        return loop.schedule(delayNanos, task);
    }

    long nextId() {
        return ++lastId;
    }

    /** Our side of a connection as an IPv4 address: the protocol has no room for others. */
    InetAddress localOf(InetAddress local) {
        if (local instanceof Inet4Address) {
            return local;
        }
        return AddressText.endpoint(new byte[] {127, 0, 0, 1}, 0).address();
    }

    void addPending(int bytes) {
        pendingBytes += bytes;
    }

    boolean isCrowded() {
        return pendingBytes > OverlayLimits.PENDING_BYTES;
    }

    void opened(Inbound inbound) {
        inbounds.put(inbound.id(), inbound);
        tally.setConnections(inbounds.size());
    }

    void closed(Inbound inbound) {
        boolean known = inbounds.remove(inbound.id()) != null;
        tally.setConnections(inbounds.size());
        if (known && !closed) {
            logic.onConnectionClosed(inbound.id(), nowNanos());
        }
    }

    void onFramed(StreamItem.Framed framed, Via via, Connection connection) {
        Packet packet;
        try {
            packet = PacketCodec.decode(framed);
        } catch (BadPacketException bad) {
            tally.countBadPacket();
            return;
        }
        tally.countPacket();
        handling.put(via.id(), connection);
        try {
            logic.onPacket(packet, via, nowNanos());
        } finally {
            handling.remove(via.id());
        }
    }

    void linkLost(LinkKey key, Link link, CloseReason reason) {
        if (!closed && links.remove(key, link)) {
            boolean unsent = link.isUnsent() || reason == CloseReason.OVERFLOW || reason == CloseReason.TOO_SLOW;
            if (unsent) {
                tally.countDropped();
            }
            logic.onLinkLost(key, unsent, nowNanos());
        }
    }

    // ---- what the rules want ----

    @Override
    public void open(LinkKey key, Endpoint face) {
        linkTo(key, face);
    }

    @Override
    public void send(LinkKey key, Packet packet) {
        Link link = linkTo(key, packet.source());
        if (!link.send(PacketCodec.encode(packet))) {
            // The rules must not be called back from here.
            link.giveUp(CloseReason.OVERFLOW);
            loop.execute(() -> linkLost(key, link, CloseReason.OVERFLOW));
        }
    }

    private Link linkTo(LinkKey key, Endpoint face) {
        Link existing = links.get(key);
        if (existing != null) {
            return existing;
        }
        Link link = new Link(key, this);
        links.put(key, link);
        link.attach(loop.connect(
                key.to().toSocketAddress(), bindAddress(key, face), OverlayTimes.CONNECT_NANOS, SETTINGS, link));
        return link;
    }

    /** What we send comes from the address that we call our own, so that the other side can see that we may. */
    private static InetAddress bindAddress(LinkKey key, Endpoint face) {
        boolean sameWorld = face != null && face.isLoopback() == key.to().isLoopback();
        return sameWorld ? face.address() : null;
    }

    @Override
    public void close(LinkKey key) {
        Link link = links.remove(key);
        if (link != null) {
            link.giveUp(CloseReason.LOCAL);
        }
    }

    @Override
    public void refuse(Via via) {
        Connection connection = handling.get(via.id());
        if (connection != null) {
            tally.countRefused();
            // The ACK goes out first: the sender waits for it.
            connection.closeWhenFlushed();
        }
    }

    @Override
    public void heard(Endpoint from, String text) {
        tally.countHeard();
        listener.heard(from, text);
    }

    @Override
    public void changed(TreeChange change) {
        listener.changed(change);
    }
}
