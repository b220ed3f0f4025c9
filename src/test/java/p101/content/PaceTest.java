package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import p101.loop.CloseReason;

class PaceTest {
    private static final ContentLimits LIMITS = ContentLimits.DEFAULT;
    private static final long START = Long.MAX_VALUE - 10;

    private final Pace pace = new Pace(LIMITS, START);
    private long now = START;

    @Test
    void silenceEndsAtItsTimeAndNotBefore() {
        now += LIMITS.idleNanos() - 1;
        assertThat(pace.verdict(now)).isNull();
        assertThat(pace.untilVerdict(now)).isEqualTo(1);
        now++;
        assertThat(pace.verdict(now)).isEqualTo(CloseReason.IDLE);
    }

    @Test
    void whateverHappensBeginsTheSilenceAnew() {
        now += LIMITS.idleNanos() - 1;
        pace.update(false, false, false, now);
        now += LIMITS.idleNanos() - 1;
        assertThat(pace.verdict(now)).isNull();
    }

    @Test
    void aRequestHasItsTimeFromItsFirstByteHoweverManyFollow() {
        pace.update(false, true, true, now);
        for (int i = 0; i < 4; i++) {
            now += LIMITS.requestNanos() / 4;
            assertThat(pace.verdict(now - 1)).isNull();
            pace.update(false, true, false, now);
        }
        assertThat(pace.verdict(now)).isEqualTo(CloseReason.TOO_SLOW);
    }

    @Test
    void theNextRequestHasItsOwnTime() {
        pace.update(false, true, true, now);
        now += LIMITS.requestNanos() - 1;
        pace.update(false, true, true, now);
        now += LIMITS.requestNanos() - 1;
        assertThat(pace.verdict(now)).isNull();
    }

    @Test
    void anUnfinishedRequestHasTimeAgainAfterAnAnswer() {
        pace.update(false, true, true, now);
        pace.update(true, true, false, now);
        now += Pace.PRIMING_NANOS / 2;
        pace.update(false, true, false, now);
        now += LIMITS.requestNanos() - 1;
        assertThat(pace.verdict(now)).isNull();
        assertThat(pace.verdict(now + 1)).isEqualTo(CloseReason.TOO_SLOW);
    }

    @Test
    void whatTheSocketTakesAtFirstSaysNothingAboutTheReader() {
        pace.update(true, false, false, now);
        pace.drained(10_000_000);
        now += Pace.PRIMING_NANOS;
        assertThat(pace.isReaderDue(now)).isTrue();
        assertThat(pace.verdict(now)).isNull();
        now += LIMITS.drainNanos();
        assertThat(pace.verdict(now)).isEqualTo(CloseReason.TOO_SLOW);
    }

    @Test
    void aReaderMustTakeItsShareInEachSpan() {
        startJudging();
        for (int i = 0; i < 3; i++) {
            pace.drained((int) LIMITS.drainBytes());
            now += LIMITS.drainNanos();
            pace.update(true, false, false, now);
            assertThat(pace.verdict(now)).as("span %d", i).isNull();
        }
        pace.drained((int) LIMITS.drainBytes() - 1);
        now += LIMITS.drainNanos() - 1;
        assertThat(pace.verdict(now)).isNull();
        assertThat(pace.verdict(now + 1)).isEqualTo(CloseReason.TOO_SLOW);
    }

    @Test
    void theShareIsAThousandAndTwentyFourBytesASecond() {
        assertThat(LIMITS.drainBytes()).isEqualTo(20 * 1_024);
    }

    private void startJudging() {
        pace.update(true, false, false, now);
        now += Pace.PRIMING_NANOS;
        assertThat(pace.verdict(now)).isNull();
    }
}
