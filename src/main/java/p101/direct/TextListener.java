package p101.direct;

/** Learns how the sending of a text goes. Loop thread. */
public interface TextListener {
    /** An attempt got no ACK; the next one follows. Texts are safe to print. */
    default void onRetry(String why) {}

    /**
     * The receiver has acknowledged it.
     *
     * @param beforeTheEnd it did so before it had the end: a published program, which takes what one receive gives it
     */
    void onDelivered(boolean beforeTheEnd);

    /** No ACK came in time. */
    void onFailed(String why);
}
