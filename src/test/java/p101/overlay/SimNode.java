package p101.overlay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import p101.model.Endpoint;

/** A root or node of the simulation: the real rules, and what the network does with what they want. */
final class SimNode implements Actions {
    private final Simulation simulation;
    final Endpoint address;
    final boolean root;
    /** It looks at what came, and at the time, every two seconds alone, as the programs of the course do. */
    final boolean slow;

    final List<Form> forms;
    final Map<LinkKey, SimLink> links = new HashMap<>();
    final ArrayDeque<Runnable> inbox = new ArrayDeque<>();
    final Map<String, Integer> heard = new HashMap<>();
    Logic logic;
    boolean alive;
    /** Counts its starts. */
    int life;

    private Endpoint knownParent;
    private Set<Endpoint> knownChildren = Set.of();
    /** When its neighbours last changed, or a failure last touched it. */
    long changedNanos;

    SimNode(Simulation simulation, Endpoint address, boolean root, boolean slow, List<Form> forms) {
        this.simulation = simulation;
        this.address = address;
        this.root = root;
        this.slow = slow;
        this.forms = forms;
    }

    void start() {
        life++;
        alive = true;
        links.clear();
        inbox.clear();
        logic = root
                ? new RootLogic(address.port(), this)
                : new NodeLogic(address, simulation.root().address, forms, this, simulation.nowNanos());
        changedNanos = simulation.nowNanos();
    }

    /** {@code null} when it has none. */
    Endpoint parent() {
        return logic instanceof NodeLogic node ? node.parent() : null;
    }

    Children children() {
        return logic instanceof NodeLogic node ? node.children() : ((RootLogic) logic).children();
    }

    /**
     * Takes note of a change of neighbours since the last call.
     *
     * @return whether it has a new parent
     */
    boolean noteChanges() {
        Set<Endpoint> children = new HashSet<>(children().addresses());
        boolean moved = parent() != null && !parent().equals(knownParent);
        if (!children.equals(knownChildren) || !java.util.Objects.equals(knownParent, parent())) {
            knownChildren = children;
            knownParent = parent();
            changedNanos = simulation.nowNanos();
        }
        return moved;
    }

    @Override
    public void open(LinkKey key, Endpoint face) {
        simulation.link(this, key);
    }

    @Override
    public void send(LinkKey key, Packet packet) {
        SimLink link = simulation.link(this, key);
        if (!link.outbox.offer(PacketCodec.encode(packet))) {
            throw new AssertionError("a queue is full in a simulation that says little");
        }
        simulation.pump(link);
    }

    @Override
    public void close(LinkKey key) {
        SimLink link = links.remove(key);
        if (link != null) {
            simulation.closeByOpener(link);
        }
    }

    @Override
    public void refuse(Via via) {
        simulation.closeByReceiver(via.id());
    }

    @Override
    public void heard(Endpoint from, String text) {
        heard.merge(text, 1, Integer::sum);
        simulation.onHeard(text);
    }

    @Override
    public void changed(TreeChange change) {}
}
