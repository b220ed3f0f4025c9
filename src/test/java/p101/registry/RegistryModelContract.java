package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** Long random histories, few names and close tx, so that everything collides; compared step by step with the plainest model. */
abstract class RegistryModelContract {
    private static final long UNIX_SECONDS = 1_700_000_000L;
    private static final int STEPS = 2_000;
    private static final int HISTORIES = 10;
    private static final RegistryLimits TIGHT = new RegistryLimits(14, 8, 7, 4, 1_000);

    abstract Registry newRegistry(RegistryLimits limits, long unixSeconds);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyAnswerIsTheModels(boolean tight) {
        RegistryLimits limits = tight ? TIGHT : RegistryLimits.DEFAULT;
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, limits).run();
        }
    }

    private final class History {
        private final int seed;
        private final SplittableRandom random;
        private final RegistryFixture real;
        private final NaiveRegistry model;
        private final List<String> story = new ArrayList<>();
        /** Two names that sixty peers share, or twelve names of two peers. */
        private final boolean manyHolders;

        private int clockTx = 1_000;

        History(int seed, RegistryLimits limits) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.manyHolders = seed % 2 == 1;
            this.real = new RegistryFixture(newRegistry(limits, UNIX_SECONDS));
            this.model = new NaiveRegistry(limits, RegistryFixture.LEASE_SECONDS, UNIX_SECONDS);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                real.nowNanos += random.nextLong(random.nextInt(20) == 0 ? 90_000_000_000L : 3_000_000_000L);
                clockTx += random.nextInt(2);
                Command command = command();
                Outcome expected = model.apply(command, real.nowNanos);
                Outcome actual = real.apply(command);
                story.add(command + " -> " + actual);
                assertThat(comparable(actual))
                        .as("seed %d, step %d, last: %s", seed, step, lastSteps())
                        .isEqualTo(expected);
            }
        }

        /** Where a walk goes on matters only when there is more. */
        private Outcome comparable(Outcome outcome) {
            return outcome instanceof Outcome.Listed listed && !listed.more()
                    ? new Outcome.Listed(listed.rows(), false, 0)
                    : outcome;
        }

        private List<String> lastSteps() {
            return story.subList(Math.max(0, story.size() - 12), story.size());
        }

        private Command command() {
            int kind = random.nextInt(20);
            if (kind < 8) {
                return register();
            } else if (kind < 10) {
                return new Command.Refresh(owner(), tx(), peer());
            } else if (kind < 13) {
                return new Command.Remove(owner(), tx(), peer(), file());
            } else if (kind == 13) {
                return new Command.RemoveAll(owner(), tx());
            } else if (kind < 17) {
                return search();
            } else if (kind < 19) {
                return new Command.Walk(
                        random.nextBoolean() ? 0 : (UNIX_SECONDS << 16) + random.nextInt(900),
                        1 + random.nextInt(5),
                        random.nextBoolean() ? "" : "b");
            }
            return new Command.Count();
        }

        private Command register() {
            int flags = random.nextInt(4) == 0 ? random.nextInt(8) : 0;
            ContentId content = random.nextInt(4) == 0 ? ContentId.NONE : new ContentId(1 + random.nextInt(2));
            return new Command.Register(owner(), tx(), peer(), file(), content, random.nextInt(2), flags, Extras.NONE);
        }

        private Command search() {
            return new Command.Search(
                    random.nextBoolean() ? ContentId.NONE : new ContentId(1 + random.nextInt(2)),
                    random.nextInt(3) > 0 ? PeerName.NONE : peer(),
                    random.nextInt(3) > 0 ? file() : FileName.NONE,
                    random.nextBoolean(),
                    random.nextBoolean() ? 0 : (UNIX_SECONDS << 16) + random.nextInt(900));
        }

        private OwnerId owner() {
            return RegistryFixture.peer(
                    1 + random.nextInt(3), "10.0.0." + (1 + random.nextInt(2)), 6000 + random.nextInt(2));
        }

        private int tx() {
            return clockTx - random.nextInt(6);
        }

        private PeerName peer() {
            return PeerName.of("peer" + random.nextInt(manyHolders ? 60 : 2));
        }

        private FileName file() {
            String stem = List.of("a", "b", "ab", "c").get(random.nextInt(manyHolders ? 2 : 4));
            return FileName.of(stem + random.nextInt(manyHolders ? 1 : 3));
        }
    }
}
