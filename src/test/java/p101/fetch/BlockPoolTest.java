package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
    private final BlockPool pool = new BlockPool(2);

    @Test
    void blocksAreUsedAgain() {
        Block first = pool.take(0);
        first.buffer().put((byte) 1);
        pool.give(first);
        Block again = pool.take(Block.BYTES);
        assertThat(again).isSameAs(first);
        assertThat(again.offset()).isEqualTo(Block.BYTES);
        assertThat(again.buffer().position()).isZero();
        assertThat(again.buffer().remaining()).isEqualTo(Block.BYTES);
    }

    @Test
    void onlyBlocksThatWaitMakeItShort() {
        List<Block> filling = List.of(pool.take(0), pool.take(1), pool.take(2));
        assertThat(pool.isShort()).isFalse();
        pool.waits(filling.get(0));
        pool.waits(filling.get(0));
        assertThat(pool.isShort()).isFalse();
        pool.waits(filling.get(1));
        assertThat(pool.isShort()).isTrue();
    }

    @Test
    void whoWaitsForRoomIsToldOnce() {
        List<Block> blocks = List.of(pool.take(0), pool.take(1));
        blocks.forEach(pool::waits);
        List<String> told = new ArrayList<>();
        pool.whenRoom(() -> told.add("room"));
        pool.give(blocks.get(0));
        pool.give(blocks.get(1));
        assertThat(told).containsExactly("room");
    }
}
