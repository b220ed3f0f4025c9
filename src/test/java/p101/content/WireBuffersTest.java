package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireBuffersTest {
    private final ContentTally tally = new ContentTally();
    private final WireBuffers buffers = new WireBuffers(2, tally);
    private final List<String> losers = new ArrayList<>();

    @Test
    void makesABufferOnlyWhenItIsNeeded() {
        assertThat(buffers.made()).isZero();
        buffers.lend(() -> losers.add("a")).giveBack();
        buffers.lend(() -> losers.add("b")).giveBack();
        assertThat(buffers.made()).isEqualTo(1);
    }

    @Test
    void takesTheBufferOfWhoeverHasWaitedLongest() {
        WireBuffers.Loan a = buffers.lend(() -> losers.add("a"));
        WireBuffers.Loan b = buffers.lend(() -> losers.add("b"));
        a.touch();
        WireBuffers.Loan c = buffers.lend(() -> losers.add("c"));

        assertThat(losers).containsExactly("b");
        assertThat(c).isSameAs(b);
        buffers.lend(() -> losers.add("d"));
        assertThat(losers).containsExactly("b", "a");
        assertThat(buffers.made()).isEqualTo(2);
        assertThat(tally.snapshot(0).buffersTaken()).isEqualTo(2);
    }

    @Test
    void lendsAFreeOneBeforeItTakesOne() {
        WireBuffers.Loan a = buffers.lend(() -> losers.add("a"));
        buffers.lend(() -> losers.add("b"));
        a.bytes.position(5);
        a.giveBack();
        WireBuffers.Loan c = buffers.lend(() -> losers.add("c"));

        assertThat(c).isSameAs(a);
        assertThat(c.bytes.position()).isZero();
        assertThat(losers).isEmpty();
    }

    @Test
    void aBufferHoldsAnAnswersHeadAndAWholeBlock() {
        assertThat(WireBuffers.WIRE_BYTES).isEqualTo(101 + 4_096 * 101);
    }
}
