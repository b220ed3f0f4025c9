package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Many networks, each from its seed. {@code -Dp101.simulation.seeds=N} runs more of them, {@code -Dp101.simulation.first=S}
 * begins elsewhere; a failure names its seed.
 */
class LossySimulationTest {
    private static final int SEEDS = Integer.getInteger("p101.simulation.seeds", 500);
    private static final long FIRST = Long.getLong("p101.simulation.first", 1);

    private static void runAll(int seeds, int lossPercent, int doublePercent, int indexes) {
        long lost = 0;
        long doubled = 0;
        int walks = 0;
        for (long seed = FIRST; seed < FIRST + seeds; seed++) {
            Simulation simulation = new Simulation(seed, lossPercent, doublePercent, indexes);
            try {
                simulation.run();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "seed " + seed + ", " + lossPercent + "% loss: " + failure.getMessage(), failure);
            }
            lost += simulation.network.lost;
            doubled += simulation.network.doubled;
            walks += simulation.walks;
        }
        assertThat(walks).isPositive();
        assertThat(doubled > 0).isEqualTo(doublePercent > 0);
        assertThat(lost > 0).isEqualTo(lossPercent > 0);
    }

    @Test
    void heavyLossBothWaysWithLateCopies() {
        runAll(SEEDS, 30, 10, 1);
    }

    @Test
    void someLossAndManyCopies() {
        runAll(SEEDS / 2, 10, 40, 1);
    }

    @Test
    void noLossAtAll() {
        runAll(SEEDS / 4, 0, 0, 1);
    }

    /** Whichever of them a datagram reaches, the proof of an address and the rows are the same. */
    @Test
    void severalIndexesOnOneRegistry() {
        runAll(SEEDS / 4, 30, 10, 3);
    }
}
