package p101.fetch;

import java.nio.ByteBuffer;

/**
 * A pooled direct buffer on its way from a source to the disk and the hashing thread. Owned by one thread at a time.
 * {@link #BYTES} is 8192 frames of content and 50 leaves at once, so that in an answer that begins at a leaf neither a frame nor a
 * leaf straddles two blocks.
 */
public final class Block {
    /** Capacity in bytes. */
    public static final int BYTES = 819_200;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    /** Kept by {@link BlockPool}. */
    boolean waiting;

    private long offset;

    Block() {}

    /** Where in the file the buffer's first byte belongs. */
    public long offset() {
        return offset;
    }

    /** Filled by the source from 0 to its position; flipped by the download when handed over. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Empties the block for bytes that belong at this position of the file. */
    public Block startAt(long newOffset) {
        offset = newOffset;
        buffer.clear();
        return this;
    }
}
