package p101.overlay;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import p101.model.Endpoint;

/**
 * A root, its nodes and the network between them in one thread, from one seed. Everything takes a random time; nodes crash
 * with or without a word, come back, connections break or swallow what they are given. What must always hold is checked
 * after every event.
 */
final class Simulation {
    static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SLOW_TICK_NANOS = 2 * SECOND;
    /** No broadcast may be under way for longer: twice the depth in slow hops, and more. */
    private static final long LONGEST_BROADCAST_NANOS = 60 * SECOND;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Endpoint, SimNode> nodes = new LinkedHashMap<>();
    private final Map<Long, SimLink> linksById = new HashMap<>();
    private final Set<Set<Endpoint>> blocked = new HashSet<>();
    private final Map<String, Broadcast> broadcasts = new HashMap<>();
    private final Set<String> movedMeanwhile = new HashSet<>();
    private final SimNode root;
    private long nowNanos = 5 * SECOND;
    private long lastId;
    private long sequence;
    private long eventsDone;
    private final SimChecks checks = new SimChecks(this, nodes);

    private record Event(long atNanos, long number, SimNode touched, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Long.compare(atNanos, other.atNanos);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    record Broadcast(String text, SimNode origin, long startNanos) {}

    Simulation(long seed) {
        random = new SplittableRandom(seed);
        root = new SimNode(this, addressOf(0), true, false, List.of(Form.ASCII, Form.BINARY));
        nodes.put(root.address, root);
        start(root);
    }

    private static Endpoint addressOf(int number) {
        return AddressText.endpoint(new byte[] {10, 0, (byte) (number >> 8), (byte) number}, 5_000 + number);
    }

    SplittableRandom random() {
        return random;
    }

    long nowNanos() {
        return nowNanos;
    }

    SimNode root() {
        return root;
    }

    long eventsDone() {
        return eventsDone;
    }

    SimChecks checks() {
        return checks;
    }

    List<SimNode> live() {
        return nodes.values().stream().filter(node -> node.alive && !node.root).toList();
    }

    List<SimNode> dead() {
        return nodes.values().stream().filter(node -> !node.alive).toList();
    }

    // ---- what the test does ----

    SimNode add(boolean slow, List<Form> forms) {
        SimNode node = new SimNode(this, addressOf(nodes.size()), false, slow, forms);
        nodes.put(node.address, node);
        start(node);
        return node;
    }

    void start(SimNode node) {
        node.start();
        int life = node.life;
        tick(node, life, node.slow ? random.nextLong(SLOW_TICK_NANOS) : random.nextLong(OverlayTimes.TICK_NANOS));
    }

    private void tick(SimNode node, int life, long delayNanos) {
        at(delayNanos, node, () -> {
            if (node.alive && node.life == life) {
                tick(node, life, node.slow ? SLOW_TICK_NANOS : OverlayTimes.TICK_NANOS);
                for (Runnable packet = node.inbox.poll(); packet != null; packet = node.inbox.poll()) {
                    packet.run();
                }
                giveUpOverdue(node);
                node.logic.onTick(nowNanos);
            }
        });
    }

    private void giveUpOverdue(SimNode node) {
        for (SimLink link : List.copyOf(node.links.values())) {
            if (link.outbox.isOverdue(nowNanos)) {
                node.links.remove(link.key);
                closeByOpener(link);
                node.logic.onLinkLost(link.key, true, nowNanos);
            }
        }
    }

    /** @param noisy the machine goes on and says that nobody is there; else everything sent to it is swallowed */
    void crash(SimNode node, boolean noisy) {
        node.alive = false;
        node.changedNanos = nowNanos;
        for (SimLink link : List.copyOf(linksById.values())) {
            if (link.from == node || link.to == node) {
                breakLink(link, noisy);
                link.closed |= link.from == node;
            }
        }
        node.links.clear();
    }

    /** All connections between two nodes break; later ones are not concerned. */
    void cut(SimNode a, SimNode b, boolean noisy) {
        for (SimLink link : List.copyOf(linksById.values())) {
            if (link.from == a && link.to == b || link.from == b && link.to == a) {
                breakLink(link, noisy);
            }
        }
    }

    void cutFromParent(SimNode node, boolean noisy) {
        if (node.parent() != null) {
            cut(node, nodes.get(node.parent()), noisy);
        }
    }

    /** From now on nothing gets from one to the other, either way. */
    void block(SimNode a, SimNode b) {
        blocked.add(Set.of(a.address, b.address));
        cut(a, b, false);
    }

    private void breakLink(SimLink link, boolean noisy) {
        touch(link);
        if (link.closed) {
            return;
        }
        if (noisy) {
            closeByReceiver(link.id);
            tellReceiver(link);
        } else {
            link.swallowed = true;
        }
    }

    private void touch(SimLink link) {
        link.from.changedNanos = nowNanos;
        if (link.to != null) {
            link.to.changedNanos = nowNanos;
        }
    }

    /** @return the broadcast, {@code null} when the node has no parent now */
    Broadcast broadcast(SimNode origin) {
        if (!origin.root && origin.parent() == null) {
            return null;
        }
        Broadcast broadcast = new Broadcast("broadcast " + ++sequence + " äöü", origin, nowNanos);
        broadcasts.put(broadcast.text(), broadcast);
        origin.logic.say(broadcast.text(), nowNanos);
        origin.noteChanges();
        at(
                LONGEST_BROADCAST_NANOS,
                null,
                () -> checks.checkBroadcast(broadcast, movedMeanwhile.contains(broadcast.text())));
        return broadcast;
    }

    /**
     * A broadcast has no id: who has heard it and gets a new parent, where slow hops have not brought it yet, hears it again
     * with all below. Those broadcasts are told apart, for they alone may arrive twice.
     */
    private void onMoved(SimNode node) {
        for (Broadcast broadcast : broadcasts.values()) {
            boolean underWay = nowNanos - broadcast.startNanos() < LONGEST_BROADCAST_NANOS;
            if (underWay && (broadcast.origin() == node || node.heard.containsKey(broadcast.text()))) {
                movedMeanwhile.add(broadcast.text());
            }
        }
    }

    void onHeard(String text) {
        checks.require(
                nowNanos - broadcasts.get(text).startNanos() < LONGEST_BROADCAST_NANOS,
                "a broadcast goes round and round");
    }

    void run(long nanos) {
        long end = nowNanos + nanos;
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.poll();
            nowNanos = event.atNanos();
            event.action().run();
            eventsDone++;
            if (event.touched() != null && event.touched().alive) {
                if (event.touched().noteChanges()) {
                    onMoved(event.touched());
                }
                checks.checkAround(event.touched());
            }
        }
        nowNanos = end;
    }

    // ---- the network ----

    private void at(long delayNanos, SimNode touched, Runnable action) {
        events.add(new Event(nowNanos + delayNanos, ++sequence, touched, action));
    }

    private long latency() {
        return random.nextInt(20) == 0 ? random.nextLong(100 * MILLI) : MILLI + random.nextLong(8 * MILLI);
    }

    SimLink link(SimNode from, LinkKey key) {
        SimLink existing = from.links.get(key);
        if (existing != null) {
            return existing;
        }
        SimNode to = nodes.get(key.to());
        SimLink link = new SimLink(++lastId, key, from, to);
        from.links.put(key, link);
        linksById.put(link.id, link);
        boolean answered = to != null && to.alive && !isBlocked(from, to);
        boolean refused = to != null && !to.alive && to.changedNanos % 2 == 0;
        if (answered) {
            at(latency(), from, () -> stands(link));
        } else {
            at(refused ? latency() : OverlayTimes.CONNECT_NANOS, from, () -> lost(link));
        }
        return link;
    }

    private boolean isBlocked(SimNode a, SimNode b) {
        return blocked.contains(Set.of(a.address, b.address));
    }

    private void stands(SimLink link) {
        if (!link.closed && isSameLife(link)) {
            link.standing = true;
            pump(link);
        } else {
            lost(link);
        }
    }

    private static boolean isSameLife(SimLink link) {
        return link.to != null && link.to.alive && link.to.life == link.toLife;
    }

    void pump(SimLink link) {
        byte[] bytes = link.standing && !link.closed ? link.outbox.next(nowNanos) : null;
        if (bytes != null) {
            link.lastArrivalNanos = Math.max(nowNanos + latency(), link.lastArrivalNanos);
            at(link.lastArrivalNanos - nowNanos, link.to, () -> arrives(link, bytes));
        }
    }

    private void arrives(SimLink link, byte[] bytes) {
        if (link.swallowed || link.to == null || !link.to.alive) {
            return;
        }
        if (!isSameLife(link)) {
            at(latency(), link.from, () -> lost(link));
            return;
        }
        at(latency(), link.from, () -> {
            if (!link.swallowed && !link.closed) {
                link.outbox.onAck(nowNanos);
                pump(link);
            }
        });
        Packet packet = parse(bytes);
        Via via = new Via(link.id, link.from.address.address(), link.to.address.address());
        int life = link.to.life;
        Runnable handling = () -> {
            if (link.to.life == life) {
                link.to.logic.onPacket(packet, via, nowNanos);
            }
        };
        if (link.to.slow) {
            link.to.inbox.add(handling);
        } else {
            handling.run();
        }
    }

    private static Packet parse(byte[] bytes) {
        try {
            return PacketCodec.decode((StreamItem.Framed) new PacketFramer().next(ByteBuffer.wrap(bytes)));
        } catch (BadPacketException e) {
            throw new AssertionError(e);
        }
    }

    /** The opener has closed it; the other side hears of it, unless it is swallowed. */
    void closeByOpener(SimLink link) {
        if (!link.closed) {
            link.closed = true;
            linksById.remove(link.id);
            tellReceiver(link);
        }
    }

    private void tellReceiver(SimLink link) {
        if (!link.swallowed && link.to != null) {
            // Behind what was sent before: a stream keeps its order.
            long delay = Math.max(latency(), link.lastArrivalNanos - nowNanos);
            at(delay, link.to, () -> {
                if (isSameLife(link)) {
                    inOrder(link.to, () -> link.to.logic.onConnectionClosed(link.id, nowNanos));
                }
            });
        }
    }

    private static void inOrder(SimNode node, Runnable action) {
        if (node.slow) {
            node.inbox.add(action);
        } else {
            action.run();
        }
    }

    void closeByReceiver(long id) {
        SimLink link = linksById.get(id);
        if (link != null && !link.swallowed) {
            at(latency(), link.from, () -> lost(link));
        }
    }

    private void lost(SimLink link) {
        if (!link.closed && link.from.links.get(link.key) == link) {
            link.closed = true;
            linksById.remove(link.id);
            link.from.links.remove(link.key);
            link.from.logic.onLinkLost(link.key, link.outbox.isUnsent() || !link.standing, nowNanos);
        }
    }
}
