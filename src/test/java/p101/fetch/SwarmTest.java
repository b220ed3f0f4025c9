package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import p101.library.Geometry;
import p101.library.PieceSet;
import p101.model.Randomness;

/** The choice of pieces, by itself. */
class SwarmTest {
    private static final int PIECES = 100;
    private static final Geometry GEOMETRY = new Geometry(PIECES * 65_536L);

    private final Swarm swarm = new Swarm(GEOMETRY, "me", 0, Randomness.seeded(5));

    private Lane complete(String name) {
        Lane lane = new Lane(name, true);
        swarm.add(lane);
        return lane;
    }

    private Lane partial(String name, int... pieces) {
        Lane lane = new Lane(name, false);
        swarm.add(lane);
        swarm.setHave(lane, set(pieces));
        return lane;
    }

    private static PieceSet set(int... pieces) {
        PieceSet set = PieceSet.empty(PIECES);
        for (int piece : pieces) {
            set.add(piece);
        }
        return set;
    }

    private void ask(Run run) {
        run.lane().asked(run, run.bytes(GEOMETRY));
    }

    @Test
    void completeSourcesTakeTurnsInTheOrderOfTheFile() {
        Lane one = complete("one");
        Lane two = complete("two");
        assertThat(swarm.next(one, 10)).get().hasToString("pieces 0 to 9");
        assertThat(swarm.next(two, 5)).get().hasToString("pieces 10 to 14");
        assertThat(swarm.next(one, 10)).get().hasToString("pieces 15 to 24");
    }

    @Test
    void everyPieceIsGivenOutOnce() {
        Lane one = complete("one");
        BitSet seen = new BitSet();
        Optional<Run> run = swarm.next(one, 7);
        while (run.isPresent()) {
            for (int i = run.get().first(); i < run.get().end(); i++) {
                assertThat(seen.get(i)).isFalse();
                seen.set(i);
            }
            run = swarm.next(one, 7);
        }
        assertThat(seen.cardinality()).isEqualTo(PIECES);
        assertThat(swarm.states().missing()).isZero();
    }

    @Test
    void whatALeavingSourceOwedIsMissingAgain() {
        Lane one = complete("one");
        Lane two = complete("two");
        swarm.next(one, 10);
        swarm.remove(one);
        assertThat(swarm.states().missing()).isEqualTo(PIECES);
        while (swarm.next(two, 100).isPresent()) {
            // The cursor goes round once.
        }
        assertThat(swarm.states().missing()).isZero();
    }

    @Test
    void aPieceThatIsBeingCheckedOutlivesItsSource() {
        Lane one = complete("one");
        swarm.next(one, 2);
        swarm.states().received(0);
        swarm.remove(one);
        assertThat(swarm.states().isMissing(0)).isFalse();
        assertThat(swarm.states().isMissing(1)).isTrue();
        swarm.states().verified(0);
        assertThat(swarm.states().missing()).isEqualTo(PIECES - 1);
    }

    @Test
    void ofAPartialSourceTheRarestIsAskedFirst() {
        partial("common", 1, 2, 3);
        Lane lane = partial("both", 1, 2, 3, 50);
        assertThat(swarm.next(lane, 4)).get().hasToString("pieces 50 to 50");
    }

    @Test
    void aPartialSourceIsNeverAskedForWhatItLacks() {
        Lane lane = partial("some", 3, 4, 9);
        BitSet asked = new BitSet();
        for (Optional<Run> run = swarm.next(lane, 4); run.isPresent(); run = swarm.next(lane, 4)) {
            asked.set(run.get().first(), run.get().end());
        }
        assertThat(asked.toString()).isEqualTo("{3, 4, 9}");
    }

    @Test
    void theSeederIsAskedForWhatNobodyElseHas() {
        Lane seeder = complete("seeder");
        int[] most = new int[PIECES - 2];
        for (int i = 0; i < most.length; i++) {
            most[i] = i;
        }
        partial("other", most);
        assertThat(swarm.next(seeder, 100)).get().hasToString("pieces 98 to 99");
    }

    @Test
    void theSeederIsSparedWhileTheOthersCanDoTheRestSoon() {
        Lane seeder = complete("seeder");
        int[] all = new int[PIECES];
        for (int i = 0; i < PIECES; i++) {
            all[i] = i;
        }
        Lane other = partial("other", java.util.Arrays.copyOf(all, PIECES - 1));
        swarm.next(seeder, 1).ifPresent(run -> assertThat(run.first()).isEqualTo(PIECES - 1));
        other.measured(100e6);
        ask(swarm.next(other, 10).orElseThrow());
        assertThat(swarm.next(seeder, 10)).isEmpty();
        other.measured(1000);
        assertThat(swarm.next(seeder, 10)).as("too slow to wait for").isPresent();
    }

    @Test
    void theEndOfASlowSourcesWorkIsTakenOver() {
        Lane slow = complete("slow");
        Lane fast = complete("fast");
        Run all = swarm.next(slow, PIECES).orElseThrow();
        ask(all);
        slow.measured(100_000);
        fast.measured(10e6);
        Run taken = swarm.takeOver(fast, 25).orElseThrow();
        assertThat(taken.end()).isEqualTo(PIECES);
        assertThat(taken.count()).isEqualTo(25);
        assertThat(swarm.states().isTakenBy(all, PIECES - 1)).isFalse();
        assertThat(swarm.states().isTakenBy(taken, PIECES - 1)).isTrue();
        assertThat(swarm.states().isTakenBy(all, 0)).isTrue();
    }

    @Test
    void nothingIsTakenOverFromSourcesThatAreAboutToFinish() {
        Lane one = complete("one");
        Lane two = complete("two");
        ask(swarm.next(one, PIECES).orElseThrow());
        one.measured(1e9);
        two.measured(1e9);
        assertThat(swarm.takeOver(two, 25)).isEmpty();
    }

    @Test
    void whatIsHandedBackBelongsToTheNewRequestOnly() {
        Lane one = complete("one");
        Lane two = complete("two");
        Run first = swarm.next(one, PIECES).orElseThrow();
        ask(first);
        one.measured(1);
        two.measured(10e6);
        Run over = swarm.takeOver(two, PIECES).orElseThrow();
        ask(over);
        two.measured(1);
        one.measured(10e6);
        one.outstanding.clear();
        Run back = swarm.takeOver(one, PIECES).orElseThrow();
        assertThat(back.lane()).isSameAs(first.lane());
        assertThat(swarm.states().isTakenBy(first, back.first())).isFalse();
        assertThat(swarm.states().isTakenBy(back, back.first())).isTrue();
    }

    @Test
    void downloadersThatKnowEachOtherDivideTheFile() {
        List<String> names = List.of("ann", "ben", "cem", "dev");
        int[] owners = new int[400];
        for (String name : names) {
            Slices slices = new Slices();
            slices.divide(name, names, owners.length);
            for (int piece = 0; piece < owners.length; piece++) {
                owners[piece] += slices.isMine(piece) ? 1 : 0;
            }
        }
        assertThat(owners).containsOnly(1);
    }

    @Test
    void withNobodyElseEverythingIsOurs() {
        Slices slices = new Slices();
        slices.divide("ann", List.of("ann"), 100);
        assertThat(slices.isMine(99)).isTrue();
    }

    @Test
    void aSourceThatLacksWhatItPromisedIsNotAskedForItAgain() {
        Lane lane = complete("liar");
        swarm.lacks(lane, 0);
        assertThat(lane.isComplete()).isFalse();
        for (Optional<Run> run = swarm.next(lane, 9); run.isPresent(); run = swarm.next(lane, 9)) {
            assertThat(run.get().first()).isPositive();
        }
        assertThat(swarm.states().missing()).isEqualTo(1);
    }

    @Test
    void onlyTheSlowWhoseWorkOthersCanDoAreReplaceable() {
        Lane lane = complete("slow");
        Run run = swarm.next(lane, 2).orElseThrow();
        ask(run);
        assertThat(swarm.isReplaceable(lane)).isFalse();
        Lane half = partial("half", 0);
        assertThat(swarm.isReplaceable(lane)).isFalse();
        swarm.setHave(half, set(0, 1));
        assertThat(swarm.isReplaceable(lane)).isTrue();
    }
}
