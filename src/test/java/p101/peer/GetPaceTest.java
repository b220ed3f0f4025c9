package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GetPaceTest {
    private static final int MOST = 8;
    private static final long SMALL = 1000;
    private static final long LARGE = GetPace.LARGE_BYTES + 1;

    private static boolean allows(Long... running) {
        return GetPace.allowsOneMore(List.of(running), MOST);
    }

    @Test
    void smallOnesGoOnTogether() {
        assertThat(allows()).isTrue();
        assertThat(GetPace.allowsOneMore(Collections.nCopies(MOST - 1, SMALL), MOST))
                .isTrue();
        assertThat(GetPace.allowsOneMore(Collections.nCopies(MOST, SMALL), MOST))
                .isFalse();
        assertThat(GetPace.allowsOneMore(List.of(SMALL), 1)).isFalse();
    }

    @Test
    void twoLargeOnesAreEnough() {
        assertThat(allows(LARGE, SMALL, SMALL)).isTrue();
        assertThat(allows(LARGE, LARGE)).isFalse();
    }

    @Test
    void whatMayProveToBeLargeIsWaitedFor() {
        assertThat(allows(GetPace.UNKNOWN_BYTES, SMALL)).isTrue();
        assertThat(allows(GetPace.UNKNOWN_BYTES, GetPace.UNKNOWN_BYTES)).isFalse();
    }
}
