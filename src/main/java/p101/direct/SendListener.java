package p101.direct;

/** Learns how the sending of a file goes. Loop thread; return soon. */
public interface SendListener {
    /** The receiver got the offer and somebody is being asked. Once. */
    default void onWaiting() {}

    /** The receiver takes it, and the content begins to go out. */
    default void onBegun() {}

    /**
     * More is known to have arrived.
     *
     * @param doneBytes bytes of the content that are there, those of an earlier attempt included
     */
    default void onProgress(long doneBytes, long totalBytes) {}

    /** The end; the last call. */
    void onEnd(SendEnd end);
}
