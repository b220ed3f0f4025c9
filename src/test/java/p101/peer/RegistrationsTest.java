package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.peer.ClientRig.ALICE;
import static p101.peer.ClientRig.SECOND;
import static p101.peer.ClientRig.advert;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Pdu;

/** What a peer keeps at an index: window, refresh, healing, refusals, farewell. */
class RegistrationsTest {
    private static final FileName A = FileName.of("a");
    private static final FileName B = FileName.of("b");

    private final ClientRig rig = new ClientRig(3);
    private final TinyIndex index = new TinyIndex(rig);
    private final List<String> events = new ArrayList<>();
    private final Registrations rows =
            new Registrations(rig.client, Randomness.seeded(4), ALICE, new RegistrationsListener() {
                @Override
                public void onRegistered(Advert row) {
                    events.add("+" + row.file());
                }

                @Override
                public void onGone(Advert row) {
                    events.add("-" + row.file());
                }

                @Override
                public void onRefused(Advert row, Ending why) {
                    events.add("!" + row.file() + " " + why.verdict());
                }

                @Override
                public void onSilent() {
                    events.add("silent");
                }

                @Override
                public void onBack() {
                    events.add("back");
                }
            });

    /** Time passes; the index serves at once whatever is sent. */
    private void pass(long nanos) {
        long end = rig.now() + nanos;
        index.serve();
        while (rig.now() < end) {
            long wait = Math.min(rig.client.waitNanos(rig.now()), rows.waitNanos(rig.now()));
            long step = Math.max(1, Math.min(wait, end - rig.now()));
            rig.clock.advanceNanos(step);
            rig.client.onTimer(rig.now());
            rows.onTimer(rig.now());
            index.serve();
        }
    }

    private void started(String... files) {
        rows.start(rig.now());
        pass(1);
        for (String file : files) {
            rows.put(advert(file), null, rig.now());
        }
        pass(1);
    }

    @Test
    void nothingButThePresenceGoesOutBeforeTheFirstAnswer() {
        for (int i = 0; i < 100; i++) {
            rows.put(advert("f" + i), null, rig.now());
        }
        assertThat(rig.sent).isEmpty();
        index.answers = false;
        rows.start(rig.now());
        pass(SECOND);
        assertThat(rig.sent).allMatch(request -> ((Pdu.Register) request).file().isNone());
        index.answers = true;
        pass(2 * SECOND);
        assertThat(index.rows).hasSize(100);
        assertThat(rows.heldRows()).isEqualTo(100);
        assertThat(rows.isSettled()).isTrue();
    }

    @Test
    void theWindowBeginsWithSixteenGrowsAndIsHalvedByLoss() {
        started();
        index.answers = false;
        for (int i = 0; i < 2_000; i++) {
            rows.put(advert("f" + i), null, rig.now());
        }
        assertThat(rig.client.outstandingOwnerRequests()).isEqualTo(16);
        index.answers = true;
        int most = 0;
        for (int i = 0; i < 3_000 && index.rows.size() < 2_000; i++) {
            most = Math.max(most, rig.client.outstandingOwnerRequests());
            rig.advance(rig.client.waitNanos(rig.now()));
            index.serve();
        }
        assertThat(index.rows).hasSize(2_000);
        assertThat(rig.client.window().size()).isEqualTo(256);
        assertThat(most).isLessThanOrEqualTo(256);
        index.answers = false;
        rows.put(advert("last"), null, rig.now());
        rig.advance(SECOND);
        assertThat(rig.client.window().size()).isLessThanOrEqualTo(128);
        rig.advance(60 * SECOND);
        assertThat(rig.client.window().size()).isEqualTo(16);
    }

    @Test
    void oneDatagramRefreshesTheLeaseBeforeAThirdOfItIsOver() {
        started("a", "b", "c");
        int before = index.served.size();
        pass(200 * SECOND);
        List<Pdu.Request> refreshes = index.served.subList(before, index.served.size());
        assertThat(refreshes)
                .allMatch(request -> ((Pdu.Register) request).file().isNone());
        assertThat(refreshes.size()).isBetween(10, 13);
    }

    @Test
    void anIndexThatForgotEverythingHasItAgainAndNothingIsEverAbsentInBetween() {
        started("a", "b", "c");
        index.rows.clear();
        pass(20 * SECOND);
        assertThat(index.rows).hasSize(3);
        assertThat(rows.heldRows()).isEqualTo(3);

        // A ghost: all is registered above it first, then it is swept.
        index.rows.put(FileName.of("ghost"), 5);
        int before = index.served.size();
        pass(20 * SECOND);
        assertThat(index.rows).hasSize(3).doesNotContainKey(FileName.of("ghost"));
        List<Pdu.Request> healing = index.served.subList(before + 1, index.served.size());
        assertThat(healing.subList(0, 3)).allMatch(request -> request instanceof Pdu.Register);
        Pdu.Deregister sweep = (Pdu.Deregister) healing.get(3);
        assertThat(sweep.file().isNone()).isTrue();
        assertThat(healing.subList(0, 3)).allMatch(request -> request.tx() > sweep.tx());
        assertThat(events).doesNotContain("-a", "-b", "-c");
    }

    @Test
    void aPeerWithoutFilesKeepsItsPresenceThroughAHealing() {
        started();
        index.rows.put(FileName.of("ghost"), 5);
        int before = index.served.size();
        pass(20 * SECOND);
        assertThat(index.rows).isEmpty();
        List<Pdu.Request> healing = index.served.subList(before + 1, index.served.size());
        assertThat(healing).anyMatch(request -> request instanceof Pdu.Register);
        Pdu.Request sweep = healing.stream()
                .filter(request -> request instanceof Pdu.Deregister)
                .findFirst()
                .orElseThrow();
        assertThat(healing.get(0)).isInstanceOf(Pdu.Register.class);
        assertThat(healing.get(0).tx()).isGreaterThan(sweep.tx());
    }

    @Test
    void anIndexThatNeverAgreesIsNotFlooded() {
        started("a", "b");
        index.neverAgrees = true;
        int before = rig.sent.size();
        pass(600 * SECOND);
        // Each healing costs two R and a T; one for each refresh at most.
        assertThat(rig.sent.size() - before).isLessThan(4 * 600 / 15);
    }

    @Test
    void afterASilenceWhatWaitedGoesOutWithinOneInterval() {
        started("a");
        index.answers = false;
        rows.put(advert("b"), null, rig.now());
        pass(300 * SECOND);
        assertThat(rows.isSilent()).isTrue();
        assertThat(events).contains("silent");
        assertThat(events.stream().filter("silent"::equals)).as("told once").hasSize(1);
        rows.put(advert("c"), null, rig.now());
        rows.remove(A, null, rig.now());
        index.answers = true;
        pass(21 * SECOND);
        assertThat(index.rows.keySet()).containsExactlyInAnyOrder(B, FileName.of("c"));
        assertThat(events).endsWith("-a").contains("back", "+b", "+c");
    }

    @Test
    void theFirstContactGetsItsWholeScheduleAndIsThenTriedForEver() {
        index.answers = false;
        rows.start(rig.now());
        pass(47 * SECOND);
        assertThat(events).isEmpty();
        pass(33 * SECOND);
        assertThat(events).containsExactly("silent");
        index.answers = true;
        pass(33 * SECOND);
        assertThat(events).containsExactly("silent", "back");
    }

    @Test
    void aConflictTakesTheRowAwayAndTheNextNameIsUsedForNewRowsOnly() {
        index.taken.add(B);
        started("a", "b");
        assertThat(events).containsExactly("back", "+a", "!b CONFLICT");
        assertThat(rows.find(B)).isNull();
        index.taken.clear();
        PeerName dante = PeerName.of("dante");
        rows.rename(dante);
        rows.put(new Advert(dante, B, 0, 1, advert("b").content()), null, rig.now());
        rows.put(new Advert(dante, A, 0, 2, advert("a").content()), null, rig.now());
        pass(1);
        assertThat(index.adverts.get(B).peer()).isEqualTo(dante);
        assertThat(index.adverts.get(A).peer()).as("it keeps its name").isEqualTo(ALICE);
        assertThat(index.adverts.get(A).size()).isEqualTo(2);
        rows.remove(A, null, rig.now());
        pass(1);
        Pdu.Deregister last = (Pdu.Deregister) rig.last();
        assertThat(last.peer()).isEqualTo(ALICE);
        assertThat(index.rows).containsOnlyKeys(B);
    }

    @Test
    void whoWaitsIsToldOfSilenceAndTheRowIsForgotten() {
        started();
        index.answers = false;
        List<Ending> endings = new ArrayList<>();
        rows.put(advert("a"), (row, ending) -> endings.add(ending), rig.now());
        pass(47 * SECOND);
        assertThat(endings).isEmpty();
        pass(35 * SECOND);
        assertThat(endings).extracting(Ending::verdict).containsExactly(Verdict.SILENT);
        assertThat(rows.find(A)).isNull();
        // The index had it all the same: it is swept.
        index.rows.put(A, 5);
        index.answers = true;
        pass(40 * SECOND);
        assertThat(index.rows).isEmpty();
    }

    @Test
    void aLaterRequestTakesThePlaceOfAnEarlierOne() {
        started();
        index.answers = false;
        List<String> endings = new ArrayList<>();
        rows.put(advert("a"), (row, ending) -> endings.add("put " + ending.verdict()), rig.now());
        Pdu.Request put = rig.last();
        rows.remove(A, (row, ending) -> endings.add("remove " + ending.verdict()), rig.now());
        assertThat(endings).containsExactly("put CANCELLED");
        rig.answer(ClientRig.accepted(put, 1, put.tx()));
        assertThat(rows.heldRows()).as("a late answer to what was replaced").isZero();
        index.answers = true;
        pass(SECOND);
        assertThat(endings).containsExactly("put CANCELLED", "remove DONE");
        assertThat(index.rows).isEmpty();
    }

    @Test
    void whatIsNotRegisteredCannotBeTakenBack() {
        started();
        List<Ending> endings = new ArrayList<>();
        rows.remove(A, (row, ending) -> endings.add(ending), rig.now());
        assertThat(endings).extracting(Ending::verdict).containsExactly(Verdict.NOT_FOUND);
    }

    @Test
    void leavingIsOneRequestSentQuicklyForLessThanTwoSeconds() {
        started("a", "b");
        index.answers = false;
        rows.put(advert("c"), null, rig.now());
        ClientRig.Outcome outcome = new ClientRig.Outcome();
        int before = rig.sent.size();
        rows.leave(outcome, rig.now());
        pass(Registrations.LEAVE_NANOS);
        assertThat(outcome.ending.verdict()).isEqualTo(Verdict.SILENT);
        List<Pdu.Request> farewell = rig.sent.subList(before, rig.sent.size());
        assertThat(farewell).hasSize(12).allMatch(request -> request instanceof Pdu.Deregister);
        pass(100 * SECOND);
        assertThat(rig.sent).hasSize(before + 12);
    }

    @Test
    void leavingTakesEverythingAway() {
        started("a", "b");
        ClientRig.Outcome outcome = new ClientRig.Outcome();
        rows.leave(outcome, rig.now());
        pass(1);
        assertThat(outcome.receipt).isNotNull();
        assertThat(index.rows).isEmpty();
    }
}
