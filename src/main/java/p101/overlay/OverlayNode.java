package p101.overlay;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import p101.loop.EventLoop;
import p101.model.Endpoint;

/**
 * A node of a tree whose root is elsewhere. To be used on the loop's thread, or while the loop does not run yet; {@link
 * #counters} from any thread.
 */
public final class OverlayNode implements AutoCloseable {
    private final EventLoop loop;
    private final OverlayStation station;
    private final NodeLogic logic;

    private OverlayNode(EventLoop loop, OverlayStation station, NodeLogic logic) {
        this.loop = loop;
        this.station = station;
        this.logic = logic;
    }

    /**
     * Starts to listen and looks for its place in the tree.
     *
     * @param root where the root listens; IPv4
     * @param bindOrNull the local address to use; {@code null} = all, and the one towards the root is told to others
     * @param port 0 = a free one
     * @param forms the forms that it speaks to the root, the preferred one first; see spec/OVERLAY.md, section 2
     * @throws IOException when the port is in use, or an address cannot be used
     */
    public static OverlayNode start(
            EventLoop loop,
            InetSocketAddress root,
            InetAddress bindOrNull,
            int port,
            List<Form> forms,
            OverlayListener listener)
            throws IOException {
        InetAddress own = bindOrNull == null ? addressTowards(root) : bindOrNull;
        if (!(own instanceof Inet4Address) || !(root.getAddress() instanceof Inet4Address)) {
            throw new IOException("the overlay works with IPv4 addresses alone");
        }
        OverlayStation station = new OverlayStation(loop, listener);
        InetSocketAddress local = station.listen(
                        bindOrNull == null ? new InetSocketAddress(port) : new InetSocketAddress(bindOrNull, port))
                .localAddress();
        Endpoint self = new Endpoint(own, local.getPort());
        NodeLogic logic = new NodeLogic(self, Endpoint.of(root), forms, station, loop.nowNanos());
        station.start(logic);
        return new OverlayNode(loop, station, logic);
    }

    /** The address from which this machine sends to the root. Sends nothing. */
    private static InetAddress addressTowards(InetSocketAddress root) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(root);
            return socket.getLocalAddress();
        }
    }

    /** Where it listens, as the others know it. */
    public Endpoint self() {
        return logic.self();
    }

    /** {@code null} while it looks for one. */
    public Endpoint parent() {
        return logic.parent();
    }

    /** Its children, two at most. */
    public List<Endpoint> children() {
        return logic.children().addresses();
    }

    /**
     * Says something to everybody in the tree; a long text becomes several messages. While there is no parent it waits.
     *
     * @return {@code false} when so much waits that this, or the end of it, was not taken
     */
    public boolean say(String text) {
        for (String part : TextParts.of(text, OverlayLimits.TEXT_BYTES)) {
            if (!logic.say(part, loop.nowNanos())) {
                return false;
            }
            station.tally().countSaid();
        }
        return true;
    }

    /** Whether so much waits that it is better to say nothing now. */
    public boolean isBusy() {
        return station.isBusy() || logic.heldTexts() >= OverlayLimits.BUSY_PACKETS;
    }

    /** Whether something that was said is still on its way to a neighbour, or waits for a parent. */
    public boolean isUnsent() {
        return station.isUnsent() || logic.heldTexts() > 0;
    }

    /** What it did so far. Any thread. */
    public OverlayCounters counters() {
        return station.tally().snapshot();
    }

    /** Ends all connections: the neighbours notice at once. */
    @Override
    public void close() {
        station.close();
    }
}
