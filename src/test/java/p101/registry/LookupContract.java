package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.registry.RegistryFixture.peer;
import static p101.registry.RegistryFixture.refused;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** Searches, walks and limits. spec/PDU.md, sections 7.8 to 7.10. */
abstract class LookupContract {
    private static final OwnerId ALICE = peer(11, "10.0.0.1", 6010);
    private static final OwnerId BOB = peer(22, "10.0.0.2", 6020);
    private static final OwnerId CAROL = peer(33, "10.0.0.3", 6030);

    private final RegistryFixture registry = open(RegistryLimits.DEFAULT);

    abstract Registry newRegistry(RegistryLimits limits, long unixSeconds);

    private RegistryFixture open(RegistryLimits limits) {
        return new RegistryFixture(newRegistry(limits, 1_700_000_000L));
    }

    private static Outcome search(
            RegistryFixture registry, long content, String peer, String file, boolean partialToo, long beforeId) {
        return registry.apply(new Command.Search(
                new ContentId(content), new PeerName(peer), new FileName(file), partialToo, beforeId));
    }

    private Registration find(long content, String peer, String file, boolean partialToo, long beforeId) {
        return search(registry, content, peer, file, partialToo, beforeId) instanceof Outcome.Found found
                ? found.registration()
                : null;
    }

    @Test
    void theNewestCompleteSourceComesFirstThenTheOthers() {
        registry.register(ALICE, 1, "alice", "a", 1, 0);
        registry.register(BOB, 1, "bob", "a", 1, 0);
        registry.register(CAROL, 1, "carol", "a", 1, Registration.PARTIAL);
        Registration first = find(0, "", "a", false, 0);
        assertThat(first.owner()).isEqualTo(BOB);
        assertThat(find(0, "", "a", false, first.id()).owner()).isEqualTo(ALICE);
        assertThat(find(0, "", "a", false, find(0, "", "a", false, first.id()).id()))
                .isNull();
        assertThat(find(0, "", "a", true, 0).owner()).isEqualTo(CAROL);
        assertThat(find(0, "", "a", true, find(0, "", "a", true, 0).id()).owner())
                .isEqualTo(BOB);
    }

    @Test
    void everyFieldOfASearchNarrowsIt() {
        registry.register(ALICE, 1, "alice", "a", 1, 0);
        registry.register(ALICE, 2, "alice", "b", 2, 0);
        registry.register(BOB, 1, "bob", "a", 2, 0);
        assertThat(find(1, "", "", false, 0).owner()).isEqualTo(ALICE);
        assertThat(find(2, "", "", false, 0).owner()).isEqualTo(BOB);
        assertThat(find(2, "alice", "", false, 0).file().value()).isEqualTo("b");
        assertThat(find(0, "alice", "a", false, 0).content()).isEqualTo(new ContentId(1));
        assertThat(find(2, "alice", "a", false, 0)).isNull();
        assertThat(find(0, "alice", "", false, 0).file().value()).isEqualTo("b");
        assertThat(find(0, "", "", false, 0).owner()).isEqualTo(BOB);
        assertThat(find(0, "carol", "a", false, 0)).isNull();
        assertThat(find(9, "", "", false, 0)).isNull();
    }

    @Test
    void contentThatIsNotKnownMatchesNoContent() {
        registry.register(ALICE, 1, "alice", "a", 0, 0);
        assertThat(find(0, "", "a", false, 0)).isNotNull();
        assertThat(find(1, "", "a", false, 0)).isNull();
    }

    @Test
    void whatCannotBeFetchedIsListedOnly() {
        registry.register(ALICE, 1, "alice", "a", 1, Registration.NOT_FETCHABLE);
        assertThat(find(0, "", "a", true, 0)).isNull();
        assertThat(find(1, "", "", true, 0)).isNull();
        assertThat(find(0, "alice", "", true, 0)).isNull();
        assertThat(find(0, "alice", "a", false, 0))
                .as("who names the row finds it")
                .isNotNull();
        assertThat(registry.walk(0, 10, "").rows()).hasSize(1);
        Outcome.Listed holders = (Outcome.Listed) registry.apply(new Command.Holders(FileName.of("a"), 0, 10));
        assertThat(holders.rows()).hasSize(1);
    }

    @Test
    void holdersAreWalkedDownwards() {
        for (int i = 0; i < 40; i++) {
            registry.register(peer(100 + i, "10.0.0.1", 6010), 1, "peer" + i, "a");
        }
        List<String> seen = new ArrayList<>();
        long before = 0;
        boolean more = true;
        while (more) {
            Outcome.Listed part = (Outcome.Listed) registry.apply(new Command.Holders(FileName.of("a"), before, 7));
            part.rows().forEach(row -> seen.add(row.peer().value()));
            before = part.resumeId();
            more = part.more();
        }
        assertThat(seen).hasSize(40).startsWith("peer39", "peer38").endsWith("peer1", "peer0");
    }

    @Test
    void aSearchLooksAtSoManyRowsOnly() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withLooksPerRequest(3));
        small.register(ALICE, 1, "alice", "a", 1, 0);
        for (int i = 0; i < 3; i++) {
            small.register(peer(100 + i, "10.0.0.1", 6010), 1, "peer" + i, "a", 1, Registration.PARTIAL);
        }
        assertThat(search(small, 0, "", "a", false, 0)).isEqualTo(refused(Refusal.LOOKS_PER_REQUEST));
        assertThat(search(small, 0, "alice", "a", false, 0)).isInstanceOf(Outcome.Found.class);
        assertThat(search(small, 0, "nobody", "", true, 0)).isEqualTo(refused(Refusal.LOOKS_PER_REQUEST));
        small.remove(peer(100, "10.0.0.1", 6010), 2, "peer0", "a");
        assertThat(search(small, 0, "", "a", false, 0)).isInstanceOf(Outcome.Found.class);
        assertThat(search(small, 0, "nobody", "", true, 0)).isEqualTo(new Outcome.NotFound());
    }

    @Test
    void aWalkThatLooksInVainGoesOnFromWhereItStopped() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withLooksPerRequest(4));
        for (int i = 0; i < 10; i++) {
            small.register(ALICE, 1 + i, "alice", i == 9 ? "wanted" : "file" + i);
        }
        Outcome.Listed first = small.walk(0, 5, "wanted");
        assertThat(first.rows()).isEmpty();
        assertThat(first.more()).isTrue();
        Outcome.Listed second = small.walk(first.resumeId(), 5, "wanted");
        assertThat(second.resumeId()).isEqualTo(first.resumeId() + 4);
        assertThat(small.walk(second.resumeId(), 5, "wanted").rows()).hasSize(1);
    }

    /** Rows come and go while somebody walks: what was there all the time is seen exactly once. */
    @Test
    void aWalkUnderChangeSeesWhatStaysExactlyOnce() {
        SplittableRandom random = new SplittableRandom(8);
        Set<String> staying = new HashSet<>();
        int tx = 1;
        for (int i = 0; i < 300; i++) {
            registry.register(ALICE, tx++, "alice", "file" + i);
        }
        for (int i = 0; i < 300; i += 3) {
            staying.add("file" + i);
        }
        List<String> seen = new ArrayList<>();
        long after = 0;
        boolean more = true;
        while (more) {
            Outcome.Listed part = registry.walk(after, 1 + random.nextInt(20), "");
            part.rows().forEach(row -> seen.add(row.file().value()));
            after = part.resumeId();
            more = part.more();
            for (int change = 0; change < 8; change++) {
                String file = "file" + random.nextInt(300);
                if (staying.contains(file) || random.nextBoolean()) {
                    registry.register(ALICE, tx++, "alice", file, 1, random.nextInt(2));
                } else {
                    registry.remove(ALICE, tx++, "alice", file);
                }
            }
        }
        List<String> seenStaying = seen.stream().filter(staying::contains).toList();
        assertThat(seenStaying).hasSize(staying.size()).doesNotHaveDuplicates();
    }

    @Test
    void rowsInAllAreLimited() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withRowsInAll(2));
        small.register(ALICE, 1, "alice", "a");
        small.register(BOB, 1, "bob", "b");
        assertThat(small.register(CAROL, 1, "carol", "c")).isEqualTo(refused(Refusal.ROWS_IN_ALL));
        assertThat(small.register(BOB, 2, "bob", "b")).isInstanceOf(Outcome.Accepted.class);
        small.removeAll(ALICE, 2);
        assertThat(small.register(CAROL, 1, "carol", "c")).isInstanceOf(Outcome.Accepted.class);
        small.advanceSeconds(RegistryFixture.LEASE_SECONDS);
        assertThat(small.register(ALICE, 3, "alice", "a")).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void rowsOfAnAddressAreLimitedWhateverKeyAndPort() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withRowsPerAddress(2));
        OwnerId neighbour = peer(99, "10.0.0.1", 7000);
        small.register(ALICE, 1, "alice", "a");
        small.register(neighbour, 1, "nora", "b");
        assertThat(small.register(ALICE, 2, "alice", "c")).isEqualTo(refused(Refusal.ROWS_PER_ADDRESS));
        assertThat(small.register(BOB, 2, "bob", "c")).isInstanceOf(Outcome.Accepted.class);
        OwnerId bobMoved = peer(22, "10.0.0.1", 6020);
        assertThat(small.register(bobMoved, 3, "bob", "c")).isEqualTo(refused(Refusal.ROWS_PER_ADDRESS));
        OwnerId aliceMoved = peer(11, "10.0.0.1", 6011);
        assertThat(small.register(aliceMoved, 4, "alice", "a")).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void ownersOfAnAddressAreLimitedFloorsIncluded() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withOwnersPerAddress(2));
        small.refresh(ALICE, 1);
        small.remove(peer(12, "10.0.0.1", 6010), 1, "nobody", "nothing");
        OwnerId third = peer(13, "10.0.0.1", 6010);
        assertThat(small.refresh(third, 1)).isEqualTo(refused(Refusal.OWNERS_PER_ADDRESS));
        assertThat(small.register(third, 1, "x", "x")).isEqualTo(refused(Refusal.OWNERS_PER_ADDRESS));
        assertThat(small.remove(third, 1, "x", "x")).isEqualTo(refused(Refusal.OWNERS_PER_ADDRESS));
        assertThat(small.removeAll(third, 1)).isEqualTo(refused(Refusal.OWNERS_PER_ADDRESS));
        assertThat(small.refresh(BOB, 1)).isInstanceOf(Outcome.Accepted.class);
        small.advanceSeconds(RegistryFixture.LEASE_SECONDS);
        assertThat(small.refresh(third, 1)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void ownersInAllAreLimited() {
        RegistryFixture small = open(RegistryLimits.DEFAULT.withOwnersInAll(2));
        small.refresh(ALICE, 1);
        small.removeAll(BOB, 1);
        assertThat(small.refresh(CAROL, 1)).isEqualTo(refused(Refusal.OWNERS_IN_ALL));
        assertThat(small.refresh(BOB, 2)).isInstanceOf(Outcome.Accepted.class);
        small.removeAll(ALICE, 2);
        small.advanceSeconds(120);
        assertThat(small.refresh(CAROL, 1)).isInstanceOf(Outcome.Accepted.class);
    }
}
