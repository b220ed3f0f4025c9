package p101.direct;

/** What a receiver has of a content from an earlier attempt, verified. */
public interface HeldContent {
    /** Nothing. */
    HeldContent NONE = offset -> offset;

    /**
     * Where the held run that holds the byte at this offset ends; the offset itself when that byte is not held.
     *
     * @param offset 0 to size - 1
     */
    long endOfRun(long offset);
}
