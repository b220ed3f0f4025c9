package p101.fetch;

import java.util.ArrayDeque;

/**
 * The blocks of all downloads of a process, made when first needed and then reused, so that memory does not grow with a
 * file or with garbage. Loop thread only. Asking always succeeds: what was read from a socket must go somewhere; but a pool
 * that {@link #isShort()} wants its users to stop reading until blocks come back.
 */
public final class BlockPool {
    private final ArrayDeque<Block> free = new ArrayDeque<>();
    private final int softLimit;
    private int inUse;

    /**
     * @param softLimit blocks in use from which on reading should pause
     */
    public BlockPool(int softLimit) {
        this.softLimit = softLimit;
    }

    public Block take(long offset) {
        inUse++;
        Block block = free.poll();
        return (block == null ? new Block() : block).startAt(offset);
    }

    public void give(Block block) {
        inUse--;
        free.push(block);
    }

    public boolean isShort() {
        return inUse >= softLimit;
    }

    int inUse() {
        return inUse;
    }
}
