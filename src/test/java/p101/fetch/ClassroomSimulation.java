package p101.fetch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import p101.library.Geometry;
import p101.library.PieceSet;
import p101.model.Randomness;

/**
 * One who has a file and many who want it, in simulated time: every link carries so many bytes a second each way, requests are
 * served in turn piece by piece, and who has what is learnt by asking once a second. The choice of pieces, windows and speeds are the
 * product's own.
 */
final class ClassroomSimulation {
    private static final double TICK_SECONDS = 0.25;
    private static final double LATENCY_SECONDS = 0.001;

    final Geometry geometry;
    private final double bytesPerSecond;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final List<Node> nodes = new ArrayList<>();
    private final Randomness random;
    private double now;

    private record Event(double at, Runnable action) {}

    private record Sending(Node to, Link link, Run run, int piece) {}

    /** A computer of the class; the first one has the file. */
    final class Node {
        final String name;
        final Swarm swarm;
        final PieceSet held;
        final List<Link> links = new ArrayList<>();
        private final ArrayDeque<ArrayDeque<Sending>> queues = new ArrayDeque<>();
        private boolean sending;
        private double receiverFreeAt;
        private int searches;
        long sentPieces;
        long wastedPieces;
        double finishedAt = -1;

        Node(String name, boolean complete) {
            this.name = name;
            int count = geometry.pieceCount();
            held = complete ? PieceSet.complete(count) : PieceSet.empty(count);
            swarm = complete ? null : new Swarm(geometry, name, Swarm.randomStart(geometry, random), random);
        }

        private void serve(ArrayDeque<Sending> queue) {
            if (!queues.contains(queue)) {
                queues.add(queue);
            }
            sendNext();
        }

        private void sendNext() {
            if (sending || queues.isEmpty()) {
                return;
            }
            ArrayDeque<Sending> queue = queues.poll();
            Sending next = queue.poll();
            if (!queue.isEmpty()) {
                queues.add(queue);
            }
            sending = true;
            sentPieces++;
            double seconds = geometry.pieceLength(next.piece) / bytesPerSecond;
            after(seconds, () -> {
                sending = false;
                next.to.arrive(next, seconds);
                sendNext();
            });
        }

        private void arrive(Sending sent, double seconds) {
            double at = Math.max(now, receiverFreeAt);
            receiverFreeAt = at + seconds;
            after(at - now + LATENCY_SECONDS, () -> sent.link.received(sent));
        }

        private void meet(Node other) {
            if (other != this && links.stream().noneMatch(link -> link.other == other)) {
                Link link = new Link(this, other);
                links.add(link);
                swarm.add(link.lane);
                link.refill();
            }
        }

        /** Asks the index: everybody is registered who has begun. */
        private void search() {
            if (finishedAt < 0) {
                nodes.forEach(this::meet);
                swarm.otherDownloaders(nodes.stream()
                        .filter(node -> node.swarm != null && node.finishedAt < 0)
                        .map(node -> node.name)
                        .toList());
                after(searches++ == 0 ? 0.7 : 3, this::search);
            }
        }

        private void tick() {
            if (finishedAt < 0) {
                links.forEach(Link::tick);
                links.forEach(Link::refill);
                after(TICK_SECONDS, this::tick);
            }
        }
    }

    /** A connection, seen from the one who downloads. */
    private final class Link {
        final Node self;
        final Node other;
        final Lane lane;
        final Window window = new Window();
        final RateMeter meter = new RateMeter(nanos());
        final ArrayDeque<Sending> queue = new ArrayDeque<>();
        double polledAt;

        Link(Node self, Node other) {
            this.self = self;
            this.other = other;
            this.lane = new Lane(other.name, other.held.isComplete());
        }

        void refill() {
            while (window.hasRoom(lane.outstandingBytes(), lane.outstanding.size())) {
                Optional<Run> run = self.swarm.next(lane, window.runPieces(geometry.pieceBytes()));
                if (run.isEmpty()
                        && lane.outstanding.isEmpty()
                        && self.swarm.states().missing() == 0) {
                    run = self.swarm.takeOver(lane, window.runPieces(geometry.pieceBytes()));
                }
                if (run.isEmpty()) {
                    return;
                }
                ask(run.get());
            }
        }

        private void ask(Run run) {
            lane.asked(run, run.bytes(geometry));
            after(LATENCY_SECONDS, () -> {
                for (int piece = run.first(); piece < run.end(); piece++) {
                    queue.add(new Sending(self, this, run, piece));
                }
                other.serve(queue);
            });
        }

        void received(Sending sent) {
            long bytes = geometry.pieceLength(sent.piece);
            lane.came(bytes);
            meter.add(bytes);
            if (self.swarm.states().isTakenBy(sent.run, sent.piece)) {
                self.swarm.states().received(sent.piece);
                self.swarm.states().verified(sent.piece);
                self.held.add(sent.piece);
            } else {
                self.wastedPieces++;
            }
            if (sent.piece == sent.run.end() - 1) {
                lane.outstanding.remove(sent.run);
                lane.measured(meter.perSecond(nanos()));
                window.grow(sent.run.bytes(geometry), lane.bytesPerSecond());
            }
            if (self.held.isComplete() && self.finishedAt < 0) {
                self.finishedAt = now;
            } else if (self.finishedAt < 0) {
                refill();
            }
        }

        void tick() {
            if (lane.outstanding.isEmpty()) {
                meter.restart(nanos());
            } else {
                meter.sample(nanos());
                lane.measured(meter.perSecond(nanos()));
            }
            double poll = lane.outstanding.isEmpty() ? TICK_SECONDS : 1;
            if (!lane.isComplete() && now - polledAt >= poll - 1e-6) {
                polledAt = now;
                PieceSet snapshot = PieceSet.empty(geometry.pieceCount());
                for (int i = other.held.nextHeld(0); i < other.held.pieceCount(); i = other.held.nextHeld(i + 1)) {
                    snapshot.add(i);
                }
                after(LATENCY_SECONDS, () -> self.swarm.setHave(lane, snapshot));
            }
        }
    }

    ClassroomSimulation(int downloaders, long fileBytes, double bytesPerSecond, long seed) {
        this.geometry = new Geometry(fileBytes);
        this.bytesPerSecond = bytesPerSecond;
        this.random = Randomness.seeded(seed);
        nodes.add(new Node("seeder", true));
        for (int i = 0; i < downloaders; i++) {
            Node node = new Node("student" + i, false);
            after(random.below(500) / 1000.0, () -> {
                nodes.add(node);
                node.meet(nodes.get(0));
                node.tick();
                after(0.3, node::search);
            });
        }
    }

    private void after(double seconds, Runnable action) {
        events.add(new Event(now + seconds, action));
    }

    private long nanos() {
        return (long) (now * 1e9);
    }

    /** Runs until everybody has everything, or for so long at most. */
    boolean run(double mostSeconds) {
        while (!events.isEmpty() && now < mostSeconds) {
            Event event = events.poll();
            now = event.at;
            event.action.run();
            if (now > 1 && nodes.stream().allMatch(node -> node.held.isComplete())) {
                return true;
            }
        }
        return false;
    }

    Node seeder() {
        return nodes.get(0);
    }

    /** How often the seeder sent the file. */
    double seederCopies() {
        return (double) seeder().sentPieces / geometry.pieceCount();
    }

    long wastedPieces() {
        return nodes.stream().mapToLong(node -> node.wastedPieces).sum();
    }

    /** When the last one was done, in units of the time that the file takes over one link. */
    double slowdown() {
        return nodes.stream().mapToDouble(node -> node.finishedAt).max().orElseThrow()
                * bytesPerSecond
                / geometry.size();
    }
}
