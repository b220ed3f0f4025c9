package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.FileName;
import p101.model.PeerName;

/** Peers found by their name, and what they said of themselves. */
abstract class PeersContract {
    private static final Introduction HELLO = new Introduction("a-long-name-of-a-peer", "lab3", "192.0.2.7");

    private RegistryFixture registry;

    abstract Registry newRegistry(RegistryLimits limits, long unixSeconds);

    @BeforeEach
    void start() {
        registry = new RegistryFixture(newRegistry(RegistryLimits.DEFAULT, 1_700_000_000L));
    }

    @Test
    void aNameGivesItsPeersTheOldestFirst() {
        OwnerId first = RegistryFixture.peer(1, "10.0.0.1", 6000);
        OwnerId second = OwnerId.ofConnection(2, RegistryFixture.place("10.0.0.2", 6000));
        registry.register(first, 10, "alice", "a");
        refresh(second, 10, "alice", HELLO);
        refresh(RegistryFixture.peer(3, "10.0.0.3", 6000), 10, "bob", Introduction.NONE);
        assertThat(named("alice")).extracting(Presence::owner).containsExactly(first, second);
        assertThat(named("alice")).extracting(Presence::introduction).containsExactly(Introduction.NONE, HELLO);
        assertThat(named("alice")).isEqualTo(all().subList(0, 2));
        assertThat(named("carol")).isEmpty();
        Outcome.Present one = (Outcome.Present) registry.apply(new Command.Named(PeerName.of("alice"), 1));
        assertThat(one.more()).isTrue();
        assertThat(one.owners()).extracting(Presence::owner).containsExactly(first);
    }

    @Test
    void anotherNameAndAnotherIntroductionReplaceWhatWas() {
        OwnerId owner = OwnerId.ofConnection(2, RegistryFixture.place("10.0.0.2", 6000));
        refresh(owner, 10, "alice", HELLO);
        refresh(owner, 11, "bob", Introduction.NONE);
        assertThat(named("alice")).isEmpty();
        assertThat(named("bob")).extracting(Presence::introduction).containsExactly(Introduction.NONE);
        assertThat(named("bob").get(0).number()).isEqualTo(all().get(0).number());
    }

    @Test
    void whoIsGoneHasNoName() {
        OwnerId leased = RegistryFixture.peer(1, "10.0.0.1", 6000);
        OwnerId connection = OwnerId.ofConnection(2, RegistryFixture.place("10.0.0.2", 6000));
        refresh(leased, 10, "alice", Introduction.NONE);
        refresh(connection, 10, "alice", HELLO);
        registry.advanceSeconds(RegistryFixture.LEASE_SECONDS);
        assertThat(named("alice")).extracting(Presence::owner).containsExactly(connection);
        registry.apply(new Command.Leave(connection));
        assertThat(named("alice")).isEmpty();
        refresh(leased, 11, "alice", Introduction.NONE);
        assertThat(named("alice")).extracting(Presence::owner).containsExactly(leased);
        registry.removeAll(leased, 12);
        assertThat(named("alice")).isEmpty();
    }

    /** Whatever happens, a name gives exactly those that a walk shows under it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aNameGivesWhatAWalkShows(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 1_500; step++) {
            registry.advanceSeconds(random.nextDouble(random.nextInt(30) == 0 ? 70 : 2));
            int key = 1 + random.nextInt(4);
            boolean leased = key > 1;
            OwnerId owner = new OwnerId(leased, key, RegistryFixture.place("10.0.0." + random.nextInt(2), 6000));
            PeerName peer = PeerName.of("peer" + random.nextInt(3));
            FileName file = FileName.of("f" + random.nextInt(3));
            int tx = step + random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0 -> registry.apply(new Command.Refresh(owner, tx, peer, HELLO));
                case 1 -> registry.apply(new Command.RemoveAll(owner, tx));
                case 2 -> registry.apply(new Command.Remove(owner, tx, peer, file));
                case 3 -> registry.apply(random.nextInt(3) > 0 ? new Command.Count() : new Command.Leave(owner));
                default -> registry.register(owner, tx, peer.value(), file.value());
            }
            for (int i = 0; i < 3; i++) {
                String name = "peer" + i;
                assertThat(named(name))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(all().stream()
                                .filter(presence -> presence.peer().value().equals(name))
                                .toList());
            }
        }
    }

    private void refresh(OwnerId owner, int tx, String peer, Introduction introduction) {
        assertThat(registry.apply(new Command.Refresh(owner, tx, PeerName.of(peer), introduction)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    private List<Presence> named(String peer) {
        return ((Outcome.Present) registry.apply(new Command.Named(PeerName.of(peer), 100))).owners();
    }

    private List<Presence> all() {
        return ((Outcome.Present) registry.apply(new Command.Peers(0, 100))).owners();
    }
}
