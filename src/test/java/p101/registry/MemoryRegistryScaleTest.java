package p101.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.registry.RegistryFixture.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/**
 * Nobody can make the registry slow. Each test does 100,000 things or more in the worst shape that there is for them; were one
 * of them linear, it would take many times the limit.
 */
@Timeout(60)
class MemoryRegistryScaleTest {
    private static final int MANY = 100_000;
    private static final RegistryLimits LIMITS = RegistryLimits.DEFAULT.withOwnersPerAddress(MANY);
    private static final OwnerId ALICE = peer(11, "10.0.0.1", 6010);

    private final MemoryRegistry plain =
            new MemoryRegistry(LIMITS, RegistryFixture.LEASE_SECONDS, 1, Randomness.seeded(1));
    private final RegistryFixture registry = new RegistryFixture(plain);
    private final SplittableRandom random = new SplittableRandom(9);

    private void register(int tx, String peer, String file, long content) {
        Command command = new Command.Register(
                ALICE, tx, PeerName.of(peer), FileName.of(file), new ContentId(content), 1, 0, Extras.NONE);
        plain.apply(command, registry.nowNanos, outcome -> {
            if (!(outcome instanceof Outcome.Accepted)) {
                throw new AssertionError(outcome);
            }
        });
    }

    @Test
    void aNameAndAContentWithManyHolders() {
        int tx = 1;
        for (int i = 0; i < MANY; i++) {
            register(tx++, "p" + i, "song", 7);
        }
        for (int i = 0; i < MANY; i++) {
            String peer = "p" + random.nextInt(MANY);
            registry.remove(ALICE, tx++, peer, "song");
            register(tx++, peer, "song", 7);
            register(tx++, "p" + random.nextInt(MANY), "song", 7);
        }
        long id = registry.found("song").id();
        for (int i = 0; i < MANY; i++) {
            Command next = new Command.Search(
                    new ContentId(7), PeerName.NONE, i % 2 == 0 ? FileName.of("song") : FileName.NONE, false, id);
            id = ((Outcome.Found) registry.apply(next)).registration().id();
            id = i % 1_000 == 0 ? registry.found("song").id() : id;
        }
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(MANY, 1));
    }

    @Test
    void txThatFall() {
        for (int i = 0; i < MANY; i++) {
            register(10 * MANY - i, "p", "file" + i, i);
        }
        for (int i = 0; i < MANY; i++) {
            registry.removeAll(ALICE, 9 * MANY + i + 2);
        }
        assertThat(registry.totals().rows()).isZero();
    }

    @Test
    void namesAndContentsWhoseHashesCollide() {
        List<String> names = colliding(15);
        assertThat(names.get(0).hashCode())
                .isEqualTo(names.get(names.size() - 1).hashCode());
        int tx = 1;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < names.size(); i++) {
                long content = (long) (i + 1) << 32 | i + 1;
                register(tx++, "p", names.get(i), content);
            }
        }
        assertThat(new ContentId(1L << 32 | 1).hashCode()).isEqualTo(new ContentId(2L << 32 | 2).hashCode());
        for (int i = 0; i < names.size(); i++) {
            assertThat(registry.has(names.get(i))).isTrue();
            registry.remove(ALICE, tx++, "p", names.get(i));
        }
    }

    /** 2^bits different texts with one hash: "Aa" and "BB" have the same. */
    private static List<String> colliding(int bits) {
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < 1 << bits; number++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void keysWhoseHashesCollide() {
        for (int i = 1; i <= 10_000; i++) {
            OwnerId owner = peer((long) i << 32 | i, "10.0.0.1", 6010);
            assertThat(registry.refresh(owner, 5)).isInstanceOf(Outcome.Accepted.class);
            assertThat(registry.refresh(owner, 6)).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void manyRowsGoAtOnceWithTheirOwnersLease() {
        int tx = 1;
        for (int i = 0; i < MANY; i++) {
            register(tx++, "p", "file" + i, i);
        }
        registry.advanceSeconds(RegistryFixture.LEASE_SECONDS);
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(0, 0));
        assertThat(registry.has("file99999")).isFalse();
        assertThat(registry.walk(0, 10, "").rows()).isEmpty();
        register(tx++, "p", "file5", 1);
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(1, 1));
        for (int i = 0; i < 2 * MANY / 100; i++) {
            registry.totals();
        }
        assertThat(registry.walk(0, 10, "").rows()).hasSize(1);
        assertThat(registry.walk(0, 10, "").more()).isFalse();
        assertThat(registry.has("file5")).isTrue();
    }

    @Test
    void comingAndQuittingAgainAndAgain() {
        int tx = 1;
        for (int round = 0; round < 1_000; round++) {
            for (int i = 0; i < 200; i++) {
                register(tx++, "p", "file" + i, i);
            }
            assertThat(registry.removeAll(ALICE, tx++)).isEqualTo(RegistryFixture.accepted(tx - 1, 0, 0));
        }
        assertThat(registry.totals().rows()).isZero();
    }

    @Test
    void fromSeveralThreads() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            OwnerId owner = peer(100 + t, "10.0.0." + t, 6010);
            String name = "peer" + t;
            threads.add(new Thread(() -> {
                for (int i = 1; i <= 5_000; i++) {
                    Command command = new Command.Register(
                            owner, i, PeerName.of(name), FileName.of("f" + i % 50), ContentId.NONE, i, 0, Extras.NONE);
                    plain.apply(command, 0, outcome -> accepted.addAndGet(outcome instanceof Outcome.Accepted ? 1 : 0));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        registry.nowNanos = 0;
        assertThat(accepted).hasValue(20_000);
        assertThat(registry.totals()).isEqualTo(new Outcome.Totals(200, 4));
    }
}
