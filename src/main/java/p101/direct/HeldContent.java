package p101.direct;

/** What a receiver has of a content from an earlier attempt, verified. */
public interface HeldContent {
    /** Nothing. */
    HeldContent NONE = new HeldContent() {
        @Override
        public long endOfRun(long offset) {
            return offset;
        }

        @Override
        public long bytes() {
            return 0;
        }
    };

    /**
     * Where the held run that holds the byte at this offset ends; the offset itself when that byte is not held.
     *
     * @param offset 0 to size - 1
     */
    long endOfRun(long offset);

    /** All bytes that are held. Known beforehand: it is asked on the loop thread, where nobody may count through a large file. */
    long bytes();
}
