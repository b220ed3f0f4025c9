package p101.overlay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import p101.model.Endpoint;

/** What must always hold in a simulation. */
final class SimChecks {
    private final Simulation simulation;
    private final Map<Endpoint, SimNode> nodes;
    private long exactlyOnceChecks;

    SimChecks(Simulation simulation, Map<Endpoint, SimNode> nodes) {
        this.simulation = simulation;
        this.nodes = nodes;
    }

    /** How often somebody was found to have heard something exactly as often as it should. */
    long exactlyOnceChecks() {
        return exactlyOnceChecks;
    }

    /** Only who was just touched can have got a third child or closed a circle. */
    void checkAround(SimNode node) {
        require(node.children().all().size() <= 2, node.address + " has a third child");
        require(
                node.parent() == null || !node.children().contains(node.parent()),
                node.address + " has its parent for a child");
        int steps = 0;
        for (SimNode up = node; up != null && up.alive && up.parent() != null; up = nodes.get(up.parent())) {
            require(steps == 0 || up != node, "a circle through " + node.address);
            require(steps++ < 2 * nodes.size(), "a circle above " + node.address);
        }
    }

    /** Both ends of an edge agree on it. */
    private boolean isEdge(SimNode child, SimNode parent) {
        return child.alive
                && parent != null
                && parent.alive
                && parent.address.equals(child.parent())
                && parent.children().contains(child.address);
    }

    private List<SimNode> neighbours(SimNode node) {
        List<SimNode> neighbours = new ArrayList<>();
        if (node.parent() != null && isEdge(node, nodes.get(node.parent()))) {
            neighbours.add(nodes.get(node.parent()));
        }
        for (Endpoint child : node.children().addresses()) {
            if (isEdge(nodes.get(child), node)) {
                neighbours.add(nodes.get(child));
            }
        }
        return neighbours;
    }

    /** Who was connected with the origin all the time must have heard it once, the origin itself never. */
    void checkBroadcast(Simulation.Broadcast broadcast, boolean movedMeanwhile) {
        if (!broadcast.origin().alive || broadcast.origin().changedNanos >= broadcast.startNanos()) {
            return;
        }
        Set<SimNode> reached = new HashSet<>(Set.of(broadcast.origin()));
        List<SimNode> left = new ArrayList<>(reached);
        while (!left.isEmpty()) {
            for (SimNode next : neighbours(left.remove(left.size() - 1))) {
                if (next.changedNanos < broadcast.startNanos() && reached.add(next)) {
                    left.add(next);
                }
            }
        }
        for (SimNode node : reached) {
            int expected = node == broadcast.origin() ? 0 : 1;
            int heard = node.heard.getOrDefault(broadcast.text(), 0);
            boolean mayBeMore = heard > expected && movedMeanwhile;
            require(
                    heard == expected || mayBeMore,
                    node.address + " heard " + broadcast.text() + " of " + broadcast.origin().address + " " + heard
                            + " times instead of " + expected);
            exactlyOnceChecks += mayBeMore ? 0 : 1;
        }
    }

    /** All live nodes are in the root's tree, by edges on which both ends agree. */
    void checkOneTree() {
        for (SimNode node : simulation.live()) {
            SimNode up = node;
            int depth = 0;
            while (up != simulation.root()) {
                SimNode parent = up.parent() == null ? null : nodes.get(up.parent());
                require(
                        isEdge(up, parent),
                        node.address + " is not in the tree: " + up.address + " says its parent is " + up.parent());
                up = parent;
                require(depth++ < nodes.size(), "a circle");
            }
        }
    }

    void require(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message + ", at " + simulation.nowNanos() / 1_000_000 + " ms");
        }
    }
}
