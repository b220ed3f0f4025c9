package p101.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long AT_ONCE = Backlog.AT_ONCE_NANOS - 1;

    private final Backlog backlog = new Backlog();

    private void wait(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            backlog.waited(nanos);
        }
    }

    @Test
    void thereIsOneWhenManyCameAtOnceInARow() {
        wait(Backlog.ENOUGH - 1, AT_ONCE);
        assertThat(backlog.isThere()).isFalse();
        wait(1, AT_ONCE);
        assertThat(backlog.isThere()).isTrue();
    }

    @Test
    void oneWaitBreaksTheRow() {
        wait(Backlog.ENOUGH - 1, AT_ONCE);
        wait(1, Backlog.AT_ONCE_NANOS);
        wait(Backlog.ENOUGH - 1, AT_ONCE);
        assertThat(backlog.isThere()).isFalse();
    }

    @Test
    void itEndsWhenNothingIsLeft() {
        wait(Backlog.ENOUGH, AT_ONCE);
        backlog.end();
        assertThat(backlog.isThere()).isFalse();
        wait(Backlog.ENOUGH - 1, AT_ONCE);
        assertThat(backlog.isThere()).isFalse();
    }
}
