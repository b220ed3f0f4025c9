package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinWatchdogTest {
    private static final long MILLI = 1_000_000;

    private final SpinWatchdog watchdog = new SpinWatchdog();

    @Test
    void callsAReturnPrematureOnlyWhenNothingExplainsIt() {
        assertThat(watchdog.isPremature(0, false, 10 * MILLI, 0)).isTrue();
        assertThat(watchdog.isPremature(1, false, 10 * MILLI, 0))
                .as("a key was ready")
                .isFalse();
        assertThat(watchdog.isPremature(0, true, 10 * MILLI, 0))
                .as("it was woken")
                .isFalse();
        assertThat(watchdog.isPremature(0, false, 10 * MILLI, 10 * MILLI))
                .as("its time was over")
                .isFalse();
        assertThat(watchdog.isPremature(0, false, MILLI / 2, 0))
                .as("less than the system's grain")
                .isFalse();
    }

    @Test
    void wantsANewSelectorAfterALongRowAndThenCountsAnew() {
        for (int i = 1; i < SpinWatchdog.REBUILD_AFTER; i++) {
            watchdog.isPremature(0, false, 10 * MILLI, 0);
            assertThat(watchdog.wantsRebuild()).isFalse();
        }
        watchdog.isPremature(0, false, 10 * MILLI, 0);
        assertThat(watchdog.wantsRebuild()).isTrue();
        assertThat(watchdog.wantsRebuild()).isFalse();
    }

    @Test
    void oneGoodReturnEndsTheRow() {
        for (int i = 1; i < SpinWatchdog.REBUILD_AFTER; i++) {
            watchdog.isPremature(0, false, 10 * MILLI, 0);
        }
        watchdog.isPremature(1, false, 10 * MILLI, 0);
        watchdog.isPremature(0, false, 10 * MILLI, 0);
        assertThat(watchdog.wantsRebuild()).isFalse();
    }
}
