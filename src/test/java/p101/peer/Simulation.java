package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.registry.Registration;

/**
 * Peers and an index on a network that loses, doubles, delays and reorders, from one seed: they share, take back, crash, come
 * back, search and list while the index restarts and clocks jump; then they are left alone until the index holds exactly what
 * the living share.
 */
final class Simulation {
    private static final long BUSY_NANOS = 200 * LossyNetwork.SECOND;
    private static final long LONGEST_HEALING_NANOS = 900 * LossyNetwork.SECOND;
    private static final long STEP_NANOS = 5 * LossyNetwork.SECOND;
    private static final int FILES = 8;

    final LossyNetwork network;
    final SimIndex index;
    private final List<SimPeer> peers = new ArrayList<>();
    private final SplittableRandom random;
    private boolean quiet;
    private int contents = 1;
    int walks;
    int searches;
    long healedAfterNanos;

    /**
     * @param indexes how many serve the one registry
     */
    Simulation(long seed, int lossPercent, int doublePercent, int indexes) {
        random = new SplittableRandom(seed);
        network = new LossyNetwork(random.split(), lossPercent, doublePercent);
        index = new SimIndex(network, endpoint(254, 60_000), seed, indexes);
        int count = 1 + random.nextInt(4);
        boolean shareName = random.nextInt(4) == 0;
        for (int i = 0; i < count; i++) {
            PeerName name = PeerName.of(shareName && i == 1 ? "peer0" : "peer" + i);
            peers.add(new SimPeer(this, i, name, seed * 31 + i * 2L));
        }
    }

    private static Endpoint endpoint(int last, int port) {
        try {
            return new Endpoint(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void run() {
        act();
        network.run(BUSY_NANOS);
        quiet = true;
        peers.stream().filter(peer -> !peer.alive).limit(1).forEach(SimPeer::start);
        long begin = network.now();
        while (!isHealed()) {
            if (network.now() - begin > LONGEST_HEALING_NANOS) {
                assertThat(actual()).as("what the index holds").isEqualTo(expected());
            }
            network.run(STEP_NANOS);
            nothingComesBack();
        }
        healedAfterNanos = network.now() - begin;
        checkWalk();
    }

    /** Does something at random, again and again. */
    private void act() {
        if (quiet) {
            return;
        }
        SimPeer peer = peers.get(random.nextInt(peers.size()));
        int dice = random.nextInt(100);
        if (!peer.alive) {
            if (dice < 30) {
                peer.start();
            }
        } else if (dice < 40) {
            peer.share(file(), contents++);
        } else if (dice < 65) {
            peer.unshare(file());
        } else if (dice < 70) {
            peer.crash();
        } else if (dice < 73) {
            index.restartAfter(random.nextLong(30 * LossyNetwork.SECOND));
        } else if (dice < 78) {
            peer.setClock(random.nextLong(7_200_000) - 3_600_000);
        } else if (dice < 88) {
            walk(peer);
        } else {
            search(peer);
        }
        nothingComesBack();
        network.after(random.nextLong(4 * LossyNetwork.SECOND), this::act);
    }

    private FileName file() {
        return FileName.of("file" + random.nextInt(FILES));
    }

    private boolean isHealed() {
        return index.isUp() && expected().equals(actual());
    }

    /** What the living share. */
    private Set<String> expected() {
        Set<String> rows = new TreeSet<>();
        for (SimPeer peer : peers) {
            if (peer.alive) {
                peer.shares.values().forEach(advert -> rows.add(line(peer.key(), advert)));
            }
        }
        return rows;
    }

    private Set<String> actual() {
        Set<String> rows = new TreeSet<>();
        for (Registration row : index.rows()) {
            rows.add(line(
                    row.owner().key(), new Advert(row.peer(), row.file(), row.flags(), row.size(), row.content())));
        }
        return rows;
    }

    private static String line(long key, Advert advert) {
        return Long.toHexString(key) + " " + advert;
    }

    /** What was taken back with the index's consent is not there. */
    private void nothingComesBack() {
        for (Registration row : index.rows()) {
            for (SimPeer peer : peers) {
                boolean own = row.owner().key() == peer.key() && row.peer().equals(peer.name);
                assertThat(own && peer.takenBack.contains(row.file()))
                        .as("%s of %s came back", row.file(), peer.name)
                        .isFalse();
            }
        }
    }

    /** A request is silent only when its whole schedule has run out. */
    void checkPatience(Ending ending, long startedNanos) {
        if (ending.verdict() == Verdict.SILENT) {
            assertThat(network.now() - startedNanos)
                    .as("given up early")
                    .isGreaterThanOrEqualTo(SimPeer.earliestSilenceNanos());
        }
    }

    /** The only refusal that these peers can meet is a conflict, and only when two have one name. */
    void checkRefusal(SimPeer refused, Advert advert, Ending why) {
        assertThat(why.verdict()).as("%s: %s", advert, why.text()).isEqualTo(Verdict.CONFLICT);
        assertThat(peers.stream().filter(peer -> peer.name.equals(refused.name)))
                .as("a conflict with nobody")
                .hasSizeGreaterThan(1);
    }

    private void walk(SimPeer peer) {
        walks++;
        peer.client.list("", new CheckedWalk(), network.now());
    }

    private void search(SimPeer peer) {
        searches++;
        FileName file = file();
        long startedNanos = network.now();
        peer.client.search(
                SearchQuery.ofFile(file),
                new SearchHandler() {
                    @Override
                    public boolean onFound(FoundRow row) {
                        Registration known = index.everHeld.get(row.id());
                        assertThat(known).as("a row that never was").isNotNull();
                        assertThat(known.file()).isEqualTo(file);
                        assertThat(known.content()).isEqualTo(row.content());
                        assertThat(known.owner().place()).isEqualTo(row.endpoint());
                        return true;
                    }

                    @Override
                    public void onEnd(Ending ending) {
                        checkPatience(ending, startedNanos);
                    }
                },
                startedNanos);
    }

    /** On the healed index a walk tells every row exactly once, whatever the network does. */
    private void checkWalk() {
        SimPeer peer = peers.stream().filter(each -> each.alive).findFirst().orElseThrow();
        CheckedWalk walk = new CheckedWalk();
        peer.client.list("", walk, network.now());
        for (int i = 0; i < 100 && walk.ending == null; i++) {
            network.run(STEP_NANOS);
        }
        assertThat(walk.ending).as("a walk that never ends").isNotNull();
    }

    /** Checks a walk against the rows that were there from its first to its last moment. */
    private final class CheckedWalk implements ListHandler {
        private final Map<Long, ContentId> atStart = new TreeMap<>();
        private final int restartsAtStart = index.restarts;
        private final boolean upAtStart = index.isUp();
        private final long startedNanos = network.now();
        private final Set<Long> told = new HashSet<>();
        private long lastId;
        Ending ending;

        CheckedWalk() {
            index.rows().forEach(row -> atStart.put(row.id(), row.content()));
        }

        @Override
        public boolean onRow(ListedRow row) {
            Registration known = index.everHeld.get(row.id());
            assertThat(known).as("a row that never was").isNotNull();
            assertThat(row.file()).isEqualTo(known.file());
            assertThat(row.peer()).isEqualTo(known.peer());
            assertThat(row.id()).as("ids rise").isGreaterThan(lastId);
            assertThat(told.add(row.id())).as("told twice").isTrue();
            lastId = row.id();
            return true;
        }

        @Override
        public void onEnd(Ending end) {
            assertThat(ending).isNull();
            ending = end;
            checkPatience(end, startedNanos);
            if (end.isDone() && upAtStart && restartsAtStart == index.restarts) {
                Set<Long> stable = new HashSet<>(atStart.keySet());
                Set<Long> atEnd = new HashSet<>();
                index.rows().forEach(row -> atEnd.add(row.id()));
                stable.retainAll(atEnd);
                assertThat(told).as("stable rows that a walk must tell").containsAll(stable);
            }
        }
    }
}
