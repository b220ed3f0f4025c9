package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers();
    private final List<Object> fired = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void firesTheEarliestFirstAndEqualOnesInTheOrderInWhichTheyWereSet() {
        timers.schedule(30, () -> fired.add("c"));
        timers.schedule(10, () -> fired.add("a1"));
        timers.schedule(10, () -> fired.add("a2"));
        timers.schedule(20, () -> fired.add("b"));

        assertThat(fire(20)).isEqualTo(3);

        assertThat(fired).containsExactly("a1", "a2", "b");
        assertThat(timers.untilNext(20)).isEqualTo(10);
    }

    @Test
    void firesAtItsInstantAndNotBefore() {
        timers.schedule(10, () -> fired.add("x"));

        assertThat(fire(9)).isZero();
        assertThat(fire(10)).isEqualTo(1);
        assertThat(timers.untilNext(10)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void survivesAClockThatWraps() {
        timers.schedule(Long.MIN_VALUE + 5, () -> fired.add("after the wrap"));
        timers.schedule(Long.MAX_VALUE, () -> fired.add("before the wrap"));

        assertThat(fire(Long.MAX_VALUE - 1)).isZero();
        assertThat(timers.untilNext(Long.MAX_VALUE - 1)).isEqualTo(1);
        fire(Long.MIN_VALUE + 5);

        assertThat(fired).containsExactly("before the wrap", "after the wrap");
    }

    @Test
    void aCancelledTimerNeverFires() {
        TimerHandle cancelled = timers.schedule(10, () -> fired.add("x"));
        cancelled.cancel();
        cancelled.cancel();

        assertThat(fire(100)).isZero();
        assertThat(timers.size()).isZero();
    }

    @Test
    void aTimerMayCancelAnotherThatIsDueAtTheSameInstant() {
        TimerHandle[] second = new TimerHandle[1];
        timers.schedule(10, () -> second[0].cancel());
        second[0] = timers.schedule(10, () -> fired.add("x"));

        fire(10);

        assertThat(fired).isEmpty();
    }

    @Test
    void aTimerThatSetsItselfAnewWaitsForTheNextCall() {
        timers.schedule(10, new Runnable() {
            @Override
            public void run() {
                fired.add("again");
                timers.schedule(10, this);
            }
        });

        assertThat(fire(10)).isEqualTo(1);
        assertThat(fire(10)).isEqualTo(1);
    }

    @Test
    void oneThatThrowsDoesNotStopTheOthers() {
        IllegalStateException failure = new IllegalStateException("broken");
        timers.schedule(10, () -> {
            throw failure;
        });
        timers.schedule(11, () -> fired.add("x"));

        assertThat(fire(11)).isEqualTo(2);
        assertThat(fired).containsExactly("x");
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void agreesWithASortedListOverManyRandomTimersAndCancellations() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Timers heap = new Timers();
            List<Integer> order = new ArrayList<>();
            int count = 1 + random.nextInt(200);
            int[] instants = random.ints(count, 0, 50).toArray();
            TimerHandle[] handles = new TimerHandle[count];
            for (int i = 0; i < count; i++) {
                int number = i;
                handles[i] = heap.schedule(instants[i], () -> order.add(number));
            }
            boolean[] cancelled = new boolean[count];
            for (int i = 0; i < count / 3; i++) {
                int victim = random.nextInt(count);
                cancelled[victim] = true;
                handles[victim].cancel();
            }
            for (int now = 0; now < 50; now += 1 + random.nextInt(5)) {
                heap.fireDue(now, failures::add);
            }
            heap.fireDue(50, failures::add);
            List<Integer> expected = IntStream.range(0, count)
                    .filter(i -> !cancelled[i])
                    .boxed()
                    .sorted((a, b) -> instants[a] != instants[b] ? instants[a] - instants[b] : a - b)
                    .toList();
            assertThat(order).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private int fire(long nowNanos) {
        return timers.fireDue(nowNanos, failures::add);
    }
}
