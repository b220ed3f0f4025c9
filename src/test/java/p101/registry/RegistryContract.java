package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p101.registry.RegistryFixture.LEASE_SECONDS;
import static p101.registry.RegistryFixture.accepted;
import static p101.registry.RegistryFixture.peer;
import static p101.registry.RegistryFixture.refused;
import static p101.registry.RegistryFixture.stale;

import java.util.List;
import org.junit.jupiter.api.Test;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** What every registry does, whatever it is made of. spec/PDU.md, section 7. */
abstract class RegistryContract {
    static final OwnerId ALICE = peer(11, "10.0.0.1", 6010);
    static final OwnerId ALICE_MOVED = peer(11, "10.0.0.9", 6011);
    static final OwnerId BOB = peer(22, "10.0.0.2", 6020);
    static final long UNIX_SECONDS = 1_700_000_000L;

    private final RegistryFixture registry = open(RegistryLimits.DEFAULT);

    /** A fresh, empty registry with a lease of {@link RegistryFixture#LEASE_SECONDS}. */
    abstract Registry newRegistry(RegistryLimits limits, long unixSeconds);

    final RegistryFixture open(RegistryLimits limits) {
        return new RegistryFixture(newRegistry(limits, UNIX_SECONDS));
    }

    @Test
    void aRegisteredFileIsFoundWithAllThatWasSaid() {
        assertThat(registry.register(ALICE, 100, "alice", "song", 7, Registration.P2PCI_GET))
                .isEqualTo(accepted(100, 1, 100));

        Registration row = registry.found("song");
        assertThat(row.id()).isGreaterThan(UNIX_SECONDS << 16);
        assertThat(row)
                .isEqualTo(new Registration(
                        row.id(),
                        PeerName.of("alice"),
                        FileName.of("song"),
                        new ContentId(7),
                        700,
                        Registration.P2PCI_GET,
                        ALICE,
                        Extras.NONE));
    }

    @Test
    void heldAndSumCoverTheOwnersRowsAlone() {
        registry.refresh(ALICE, 99);
        registry.register(ALICE, 100, "alice", "a");
        registry.register(BOB, 5000, "bob", "b");
        assertThat(registry.register(ALICE, 101, "alice", "c")).isEqualTo(accepted(101, 2, 201));
        assertThat(registry.register(ALICE, 103, "alice", "a")).isEqualTo(accepted(103, 2, 204));
        assertThat(registry.remove(ALICE, 104, "alice", "c")).isEqualTo(accepted(104, 1, 103));
    }

    @Test
    void theSumWrapsAround() {
        registry.register(ALICE, -1, "alice", "a");
        assertThat(registry.register(ALICE, -2, "alice", "b")).isEqualTo(accepted(-1, 2, -3));
    }

    @Test
    void anEqualTxGetsTheSameAnswerAgainAndChangesNothing() {
        Outcome first = registry.register(ALICE, 100, "alice", "a", 1, 0);
        assertThat(registry.register(ALICE, 100, "alice", "a", 2, 0)).isEqualTo(first);
        assertThat(registry.found("a").content()).isEqualTo(new ContentId(1));
    }

    @Test
    void anOlderRegistrationIsStaleAndNamesTheNewestTx() {
        registry.register(ALICE, 100, "alice", "a");
        registry.register(ALICE, 200, "alice", "b");
        assertThat(registry.register(ALICE, 99, "alice", "a")).isEqualTo(stale(200));
    }

    @Test
    void txAreUnsigned() {
        registry.register(ALICE, Integer.MAX_VALUE, "alice", "a");
        assertThat(registry.register(ALICE, Integer.MIN_VALUE, "alice", "a"))
                .isEqualTo(accepted(Integer.MIN_VALUE, 1, Integer.MIN_VALUE));
        assertThat(registry.register(ALICE, 5, "alice", "a")).isEqualTo(stale(Integer.MIN_VALUE));
    }

    @Test
    void aRemovedFileDoesNotComeBackByADelayedDouble() {
        registry.register(ALICE, 100, "alice", "a");
        assertThat(registry.remove(ALICE, 101, "alice", "a")).isEqualTo(accepted(101, 0, 0));
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(101));
        assertThat(registry.register(ALICE, 101, "alice", "a")).isEqualTo(stale(101));
        assertThat(registry.has("a")).isFalse();
        assertThat(registry.register(ALICE, 102, "alice", "a")).isEqualTo(accepted(102, 1, 102));
    }

    @Test
    void anOlderRemovalIsStale() {
        registry.register(ALICE, 100, "alice", "a");
        assertThat(registry.remove(ALICE, 99, "alice", "a")).isEqualTo(stale(100));
        assertThat(registry.has("a")).isTrue();
    }

    @Test
    void aRemovalThatOvertookItsRegistrationHolds() {
        assertThat(registry.remove(ALICE, 101, "alice", "a")).isEqualTo(accepted(101, 0, 0));
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(101));
    }

    @Test
    void removingWhatIsNotThereIsAcceptedAgainAndAgain() {
        registry.register(ALICE, 100, "alice", "a");
        registry.remove(ALICE, 101, "alice", "a");
        assertThat(registry.remove(ALICE, 101, "alice", "a")).isEqualTo(accepted(101, 0, 0));
        assertThat(registry.remove(ALICE, 50, "alice", "a")).isEqualTo(accepted(101, 0, 0));
    }

    @Test
    void theFloorDoesNotTouchRowsThatAreThere() {
        registry.register(ALICE, 100, "alice", "a");
        registry.remove(ALICE, 200, "alice", "b");
        assertThat(registry.register(ALICE, 150, "alice", "a")).isEqualTo(accepted(200, 1, 150));
        assertThat(registry.register(ALICE, 150, "alice", "c")).isEqualTo(stale(200));
    }

    @Test
    void theFloorIsKeptForOneCookieLifeAfterTheLastRow() {
        registry.register(ALICE, 100, "alice", "a");
        registry.remove(ALICE, 101, "alice", "a");
        registry.advanceSeconds(119.9);
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(101));
        registry.advanceSeconds(0.2);
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(accepted(100, 1, 100));
    }

    @Test
    void theFloorOutlivesTheLease() {
        registry.register(ALICE, 100, "alice", "a");
        registry.remove(ALICE, 101, "alice", "b");
        registry.advanceSeconds(LEASE_SECONDS + 119.9);
        assertThat(registry.register(ALICE, 101, "alice", "b")).isEqualTo(stale(101));
        registry.advanceSeconds(0.2);
        assertThat(registry.register(ALICE, 101, "alice", "b")).isEqualTo(accepted(101, 1, 101));
    }

    @Test
    void anotherKeyCannotTakeOrRemoveAName() {
        registry.register(ALICE, 100, "alice", "a");
        OwnerId thief = peer(99, "10.0.0.1", 6010);
        assertThat(registry.register(thief, 500, "alice", "a")).isEqualTo(refused(Refusal.CONFLICT));
        assertThat(registry.remove(thief, 500, "alice", "a")).isEqualTo(refused(Refusal.NOT_YOURS));
        assertThat(registry.removeAll(thief, 500)).isEqualTo(accepted(500, 0, 0));
        assertThat(registry.found("a").owner()).isEqualTo(ALICE);
    }

    @Test
    void theSameKeyFromElsewhereMovesTheRow() {
        registry.register(ALICE, 100, "alice", "a");
        registry.register(ALICE, 101, "alice", "b");
        long id = registry.found("a").id();
        assertThat(registry.register(ALICE_MOVED, 102, "alice", "a")).isEqualTo(accepted(102, 1, 102));
        assertThat(registry.found("a").owner()).isEqualTo(ALICE_MOVED);
        assertThat(registry.found("a").id()).isEqualTo(id);
        assertThat(registry.refresh(ALICE, 103)).isEqualTo(accepted(103, 1, 101));
    }

    @Test
    void aLateDoubleFromTheOldPlaceDoesNotMoveTheRowBack() {
        registry.register(ALICE, 100, "alice", "a");
        registry.register(ALICE_MOVED, 102, "alice", "a");
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(102));
        assertThat(registry.register(ALICE, 102, "alice", "a")).isEqualTo(stale(102));
        registry.remove(ALICE_MOVED, 103, "alice", "a");
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(103));
        assertThat(registry.register(ALICE, 103, "alice", "a")).isEqualTo(stale(103));
        assertThat(registry.refresh(ALICE, 101)).isEqualTo(stale(103));
        assertThat(registry.has("a")).isFalse();
    }

    @Test
    void theSameKeyRemovesItsRowFromElsewhereToo() {
        registry.register(ALICE, 100, "alice", "a");
        assertThat(registry.remove(ALICE_MOVED, 99, "alice", "a")).isEqualTo(stale(100));
        assertThat(registry.remove(ALICE_MOVED, 101, "alice", "a")).isEqualTo(accepted(101, 0, 0));
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(stale(101));
        assertThat(registry.register(ALICE_MOVED, 100, "alice", "a")).isEqualTo(stale(101));
    }

    @Test
    void aRowIsGoneWhenItsOwnersLeaseEnds() {
        registry.register(ALICE, 100, "alice", "a");
        registry.advanceSeconds(LEASE_SECONDS - 0.001);
        assertThat(registry.has("a")).isTrue();
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(1, 1));
        registry.advanceSeconds(0.001);
        assertThat(registry.has("a")).isFalse();
        assertThat(registry.walk(0, 10, "").rows()).isEmpty();
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 0));
    }

    @Test
    void oneRefreshKeepsAllRows() {
        registry.register(ALICE, 100, "alice", "a");
        registry.register(ALICE, 101, "alice", "b");
        registry.advanceSeconds(LEASE_SECONDS - 1);
        assertThat(registry.refresh(ALICE, 102)).isEqualTo(accepted(102, 2, 201));
        registry.advanceSeconds(LEASE_SECONDS - 1);
        assertThat(registry.has("a") && registry.has("b")).isTrue();
        registry.advanceSeconds(1);
        assertThat(registry.has("a") || registry.has("b")).isFalse();
    }

    @Test
    void whatIsStaleOrRefusedRenewsNoLease() {
        registry.register(ALICE, 100, "alice", "a");
        registry.register(BOB, 100, "bob", "b");
        registry.advanceSeconds(LEASE_SECONDS - 1);
        registry.register(ALICE, 99, "alice", "a");
        registry.register(ALICE, 100, "bob", "b");
        registry.remove(ALICE, 101, "alice", "c");
        registry.advanceSeconds(1);
        assertThat(registry.has("a")).isFalse();
    }

    @Test
    void aLateDoubleRenewsNoLease() {
        registry.register(ALICE, 100, "alice", "a");
        registry.refresh(ALICE, 101);
        registry.advanceSeconds(LEASE_SECONDS - 1);
        assertThat(registry.register(ALICE, 100, "alice", "a")).isEqualTo(accepted(101, 1, 100));
        assertThat(registry.refresh(ALICE, 101)).isEqualTo(accepted(101, 1, 100));
        registry.advanceSeconds(1);
        assertThat(registry.has("a")).isFalse();
    }

    @Test
    void aPresenceIsAnOwnerWithoutFiles() {
        assertThat(registry.refresh(ALICE, 100)).isEqualTo(accepted(100, 0, 0));
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 1));
        assertThat(registry.refresh(ALICE, 99)).isEqualTo(stale(100));
        assertThat(registry.refresh(ALICE, 100)).isEqualTo(accepted(100, 0, 0));
        registry.advanceSeconds(LEASE_SECONDS);
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 0));
    }

    @Test
    void removeAllTakesTheOlderRowsOfThisOwnerAlone() {
        registry.register(ALICE, 100, "alice", "old");
        registry.register(BOB, 100, "bob", "other");
        registry.register(ALICE, 102, "alice", "new");
        registry.register(ALICE, 101, "alice", "equal");
        assertThat(registry.removeAll(ALICE, 101)).isEqualTo(accepted(102, 2, 203));
        assertThat(registry.has("old")).isFalse();
        assertThat(registry.has("new") && registry.has("equal") && registry.has("other"))
                .isTrue();
        assertThat(registry.register(ALICE, 100, "alice", "old")).isEqualTo(stale(102));
    }

    @Test
    void quittingTakesRowsAndPresence() {
        registry.refresh(ALICE, 100);
        registry.register(ALICE, 101, "alice", "a");
        assertThat(registry.removeAll(ALICE, 102)).isEqualTo(accepted(102, 0, 0));
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(registry.register(ALICE, 101, "alice", "a")).isEqualTo(stale(102));
        assertThat(registry.refresh(ALICE, 100)).isEqualTo(stale(102));
        assertThat(registry.register(ALICE, 103, "alice", "a")).isEqualTo(accepted(103, 1, 103));
    }

    @Test
    void aHealingPeerIsNeverAbsent() {
        registry.refresh(ALICE, 100);
        registry.register(ALICE, 101, "alice", "ghost");
        registry.register(ALICE, 102, "alice", "kept");
        int reserved = 200;
        registry.register(ALICE, 201, "alice", "kept");
        registry.register(ALICE, 202, "alice", "missing");
        registry.refresh(ALICE, 203);
        assertThat(registry.removeAll(ALICE, reserved)).isEqualTo(accepted(203, 2, 403));
        assertThat(registry.has("ghost")).isFalse();
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(2, 1));
    }

    @Test
    void aHealingPeerWithoutFilesStaysPresent() {
        registry.refresh(ALICE, 100);
        registry.register(ALICE, 101, "alice", "ghost");
        registry.refresh(ALICE, 201);
        assertThat(registry.removeAll(ALICE, 200)).isEqualTo(accepted(201, 0, 0));
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 1));
        assertThat(registry.refresh(ALICE, 150)).isEqualTo(stale(201));
    }

    @Test
    void aRowKeepsItsIdWhileItsContentIsTheSame() {
        registry.register(ALICE, 100, "alice", "a", 1, Registration.PARTIAL);
        registry.register(BOB, 100, "bob", "a", 1, Registration.PARTIAL);
        long id = onlyRow(registry, ALICE).id();
        registry.register(ALICE, 101, "alice", "a", 1, 0);
        assertThat(onlyRow(registry, ALICE).id()).isEqualTo(id);
        assertThat(onlyRow(registry, ALICE).isPartial()).isFalse();
        registry.register(ALICE, 102, "alice", "a", 2, 0);
        assertThat(onlyRow(registry, ALICE).id()).isGreaterThan(id + 1);
    }

    private static Registration onlyRow(RegistryFixture registry, OwnerId owner) {
        List<Registration> rows = registry.walk(0, 10, "").rows().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void peersAreWalkedInTheOrderTheyCame() {
        registry.refresh(ALICE, 100);
        registry.register(BOB, 100, "bob", "a");
        registry.remove(ALICE_MOVED, 100, "alice", "nothing");
        Outcome.Present first = (Outcome.Present) registry.apply(new Command.Peers(0, 1));
        assertThat(first.more()).isTrue();
        assertThat(first.owners().get(0).owner()).isEqualTo(ALICE);
        Outcome.Present second = (Outcome.Present)
                registry.apply(new Command.Peers(first.owners().get(0).number(), 10));
        assertThat(second.more()).isFalse();
        assertThat(second.owners()).hasSize(1);
        assertThat(second.owners().get(0))
                .isEqualTo(new Presence(second.owners().get(0).number(), PeerName.of("bob"), BOB, 1));
    }

    @Test
    void aConnectionsRowsLiveUntilItLeavesAndCarryWhatItSaid() {
        OwnerId connection = OwnerId.ofConnection(11, RegistryFixture.place("10.0.0.1", 6010));
        Extras extras = new Extras("thishost", "A Preferred RFC");
        registry.apply(new Command.Register(
                connection, 1, PeerName.of("p"), FileName.of("rfc1.txt"), ContentId.NONE, 0, 0, extras));
        registry.register(ALICE, 1, "alice", "a");
        assertThat(registry.register(ALICE, 1, "p", "rfc1.txt")).isEqualTo(refused(Refusal.CONFLICT));
        registry.advanceSeconds(1_000_000);
        assertThat(registry.found("rfc1.txt").extras()).isEqualTo(extras);
        assertThat(registry.has("a")).isFalse();
        registry.apply(new Command.Leave(connection));
        assertThat(registry.has("rfc1.txt")).isFalse();
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(registry.register(connection, 1, "p", "rfc1.txt")).isEqualTo(accepted(1, 1, 1));
        assertThat(registry.removeAll(connection, 9)).isEqualTo(accepted(9, 0, 0));
        assertThat(registry.register(connection, 1, "p", "rfc1.txt")).isEqualTo(accepted(1, 1, 1));
    }

    @Test
    void anIpv6NetworkIsOneAddressForTheLimits() {
        RegistryFixture tight =
                open(RegistryLimits.DEFAULT.withOwnersPerAddress(2).withRowsPerAddress(2));
        OwnerId first = peer(1, "2001:db8:0:7::1", 6010);
        OwnerId second = peer(2, "2001:db8:0:7:ffff::2", 6010);
        OwnerId neighbour = peer(3, "2001:db8:0:8::1", 6010);
        tight.register(first, 1, "a", "a");
        tight.register(second, 1, "b", "b");
        assertThat(tight.register(first, 2, "a", "c")).isEqualTo(refused(Refusal.ROWS_PER_ADDRESS));
        assertThat(tight.refresh(peer(4, "2001:db8:0:7::3", 6010), 1)).isEqualTo(refused(Refusal.OWNERS_PER_ADDRESS));
        assertThat(tight.register(neighbour, 1, "n", "n")).isEqualTo(accepted(1, 1, 1));
    }

    @Test
    void aNameThatNoPduCanCarryIsNoRow() {
        assertThatThrownBy(() -> registry.register(ALICE, 1, "alice", "x".repeat(51)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSecretStaysTheSameAndIsACopy() {
        Registry plain = newRegistry(RegistryLimits.DEFAULT, UNIX_SECONDS);
        byte[] secret = plain.cookieSecret();
        assertThat(secret).hasSize(Registry.SECRET_BYTES).isNotEqualTo(new byte[Registry.SECRET_BYTES]);
        byte[] again = plain.cookieSecret();
        assertThat(again).isEqualTo(secret);
        again[0]++;
        assertThat(plain.cookieSecret()).isEqualTo(secret);
    }
}
