package p101.lobby;

import java.util.function.Consumer;

/**
 * An answer that is made in parts, so that it costs neither memory nor other people's time. While it is made the member's other
 * lines wait, so that an answer is never torn. One {@link #next} at a time.
 */
interface Work {
    /**
     * A part of the answer.
     *
     * @param text lines with their ends; may be empty
     * @param last whether nothing follows
     */
    record Part(String text, boolean last) {}

    /** The end of an answer that nobody waits for any more. */
    Part NOTHING_MORE = new Part("", true);

    /** Makes the next part; it may come at once. Not to be called after the last one. */
    void next(long nowNanos, Consumer<Part> part);
}
