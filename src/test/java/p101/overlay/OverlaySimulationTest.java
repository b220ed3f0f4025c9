package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of root and nodes on a network that fails; every failure tells its seed. */
class OverlaySimulationTest {
    private static final long SECOND = Simulation.SECOND;
    /** 36 to 38 s until a lost parent is noticed, then three reunion periods. */
    private static final long HEALED_NANOS = 38 * SECOND + 3 * OverlayTimes.REUNION_NANOS;

    private static final List<List<List<Form>>> FORMS = List.of(
            List.of(List.of(Form.ASCII)),
            List.of(List.of(Form.BINARY)),
            List.of(List.of(Form.ASCII), List.of(Form.ASCII, Form.BINARY), List.of(Form.BINARY, Form.ASCII)));

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("overlay.seeds", 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTreeHealsAndEveryBroadcastArrivesOnce(long seed) {
        Simulation simulation = new Simulation(seed);
        SplittableRandom random = simulation.random();
        int size = seed % 10 == 9 ? 200 : 1 + random.nextInt(60);
        List<List<Form>> forms = FORMS.get(random.nextInt(FORMS.size()));
        int slowPercent = random.nextInt(3) * 15;
        for (int i = 0; i < size; i++) {
            simulation.add(random.nextInt(100) < slowPercent, forms.get(random.nextInt(forms.size())));
            simulation.run(random.nextLong(SECOND / 4));
        }
        simulation.run(HEALED_NANOS);
        simulation.checks().checkOneTree();
        churn(simulation, random, size, slowPercent, forms);
        simulation.run(HEALED_NANOS);
        simulation.checks().checkOneTree();
        broadcastFromAll(simulation);
    }

    private static void churn(
            Simulation simulation, SplittableRandom random, int size, int slowPercent, List<List<Form>> forms) {
        int failures = 1 + random.nextInt(1 + size / 4);
        for (int i = 0; i < failures; i++) {
            simulation.run(random.nextLong(4 * SECOND));
            fail(simulation, random, slowPercent, forms);
            List<SimNode> live = simulation.live();
            if (!live.isEmpty() && random.nextInt(3) == 0) {
                simulation.broadcast(live.get(random.nextInt(live.size())));
            }
        }
    }

    private static void fail(Simulation simulation, SplittableRandom random, int slowPercent, List<List<Form>> forms) {
        List<SimNode> live = simulation.live();
        List<SimNode> dead = simulation.dead();
        if (live.isEmpty()) {
            return;
        }
        SimNode one = live.get(random.nextInt(live.size()));
        SimNode other = live.get(random.nextInt(live.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> simulation.crash(one, random.nextBoolean());
            case 2 -> {
                if (!dead.isEmpty()) {
                    simulation.start(dead.get(random.nextInt(dead.size())));
                }
            }
            case 3 -> simulation.add(random.nextInt(100) < slowPercent, forms.get(random.nextInt(forms.size())));
            case 4 -> simulation.cutFromParent(one, random.nextBoolean());
            case 5 -> simulation.cut(one, simulation.root(), random.nextBoolean());
            case 6 -> simulation.cut(one, other, random.nextBoolean());
            default -> {
                if (one != other) {
                    simulation.block(one, other);
                }
            }
        }
    }

    private static void broadcastFromAll(Simulation simulation) {
        long before = simulation.checks().exactlyOnceChecks();
        int origins = 0;
        for (SimNode node :
                simulation.live().subList(0, Math.min(20, simulation.live().size()))) {
            assertThat(simulation.broadcast(node)).isNotNull();
            origins++;
        }
        simulation.broadcast(simulation.root());
        origins++;
        simulation.run(61 * SECOND);
        long everyone = simulation.live().size() + 1L;
        assertThat(simulation.checks().exactlyOnceChecks() - before).isGreaterThanOrEqualTo(origins * everyone);
        simulation.checks().checkOneTree();
    }

    @Test
    void whenOneOfEachPairOfChildrenFailsAtOnceTheRestFindsTogether() {
        Simulation simulation = new Simulation(1);
        for (int i = 0; i < 100; i++) {
            simulation.add(false, List.of(Form.BINARY));
            simulation.run(SECOND / 10);
        }
        simulation.run(HEALED_NANOS);
        List<SimNode> live = simulation.live();
        for (int i = 0; i < live.size(); i += 2) {
            simulation.crash(live.get(i), false);
        }
        simulation.run(HEALED_NANOS);
        simulation.checks().checkOneTree();
        assertThat(simulation.live()).hasSize(50);
    }
}
