package p101.peer;

/** Learns how an R or a T came out; exactly one of {@link #onAccepted} and {@link #onFailed} is called, once. */
interface OwnerHandler {
    void onAccepted(Receipt receipt, long nowNanos);

    /** Refused, silent or cancelled; nothing is known about the row when it is silent. */
    void onFailed(Ending ending, long nowNanos);

    /** The second send went unanswered. */
    default void onSlow() {}
}
