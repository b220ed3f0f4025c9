package p101.overlay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import p101.loop.EventLoop;
import p101.model.Endpoint;
import p101.room.Room;

/**
 * The root of a tree. To be used on the loop's thread, or while the loop does not run yet; {@link #counters} from any thread.
 */
public final class OverlayRoot implements AutoCloseable {
    /** The port of ours; the protocol has none of its own. */
    public static final int DEFAULT_PORT = 7_735;

    private final OverlayStation station;
    private final OverlayListener listener;
    private final EventLoop loop;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private RootLogic logic;

    /**
     * A root that does not listen yet.
     *
     * @param listener is told what is said and how the tree changes
     */
    public OverlayRoot(EventLoop loop, OverlayListener listener) {
        this.loop = loop;
        this.listener = listener;
        this.station = new OverlayStation(loop, new Counting());
    }

    /** A root that is a door of the room: what is said in the tree is heard there, and the other way round. */
    public static OverlayRoot inRoom(EventLoop loop, Room room) {
        RoomDoor door = new RoomDoor();
        OverlayRoot root = new OverlayRoot(loop, door);
        door.open(room, root);
        return root;
    }

    /**
     * Listens on one more address; all must have the same port.
     *
     * @param local port 0 = a free one, the first time; then the same
     * @return where it listens
     * @throws IOException when the port is in use or the address not of this machine
     */
    public InetSocketAddress listen(InetSocketAddress local) throws IOException {
        InetSocketAddress address = station.listen(local).localAddress();
        addresses.add(address);
        if (logic == null) {
            logic = new RootLogic(address.getPort(), station);
            station.start(logic);
        } else if (address.getPort() != addresses.get(0).getPort()) {
            throw new IllegalArgumentException("all addresses of a root have the same port");
        }
        return address;
    }

    /** The first address that it listens on. */
    public InetSocketAddress localAddress() {
        return addresses.get(0);
    }

    /** Says something to everybody in the tree; a long text becomes several messages. Before it listens, to nobody. */
    public void say(String text) {
        if (logic != null) {
            for (String part : TextParts.of(text, OverlayLimits.TEXT_BYTES)) {
                station.tally().countSaid();
                logic.say(part, loop.nowNanos());
            }
        }
    }

    /** Whether so much waits for a neighbour that it is better to say nothing now. */
    public boolean isBusy() {
        return station.isBusy();
    }

    /** Whether something that was said is still on its way to a neighbour. */
    public boolean isUnsent() {
        return station.isUnsent();
    }

    /** The tree, those nearest to the root first; then nodes that have no place in it. */
    public List<TreeRow> tree() {
        return logic == null ? List.of() : logic.tree().rows();
    }

    /** What it did so far. Any thread. */
    public OverlayCounters counters() {
        return station.tally().snapshot();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        station.close();
    }

    /** Keeps the number of live nodes where other threads can read it. */
    private final class Counting implements OverlayListener {
        @Override
        public void heard(Endpoint from, String text) {
            listener.heard(from, text);
        }

        @Override
        public void changed(TreeChange change) {
            station.tally().setNodes((int) tree().stream().filter(TreeRow::live).count());
            listener.changed(change);
        }
    }
}
