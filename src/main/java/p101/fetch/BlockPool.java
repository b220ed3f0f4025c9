package p101.fetch;

import java.util.ArrayDeque;

/**
 * The blocks of all downloads of a process, made when first needed and then reused, so that memory does not grow with a
 * file or with garbage. Loop thread only. Asking always succeeds: what was read from a socket must go somewhere; but when too many
 * blocks wait for the disk or the hashing thread, {@link #isShort()} tells the sources to stop reading until some come back.
 */
public final class BlockPool {
    private final ArrayDeque<Block> free = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waiters = new ArrayDeque<>();
    private final int mostWaiting;
    private int waiting;

    /**
     * @param mostWaiting full blocks that may wait before reading should pause; each connection fills one more
     */
    public BlockPool(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    /** An empty block for bytes that belong at this position of the file. */
    public Block take(long offset) {
        Block block = free.poll();
        return (block == null ? new Block() : block).startAt(offset);
    }

    /** The block was filled and now waits to be used up. */
    void waits(Block block) {
        if (!block.waiting) {
            block.waiting = true;
            waiting++;
        }
    }

    /** The block is not needed any more. */
    public void give(Block block) {
        if (block.waiting) {
            block.waiting = false;
            waiting--;
        }
        free.push(block);
        while (!isShort() && !waiters.isEmpty()) {
            waiters.poll().run();
        }
    }

    boolean isShort() {
        return waiting >= mostWaiting;
    }

    /** Runs something once, as soon as the pool is not short any more. */
    void whenRoom(Runnable waiter) {
        waiters.add(waiter);
    }
}
