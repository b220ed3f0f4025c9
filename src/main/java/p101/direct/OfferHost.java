package p101.direct;

/** Who decides what is received. Loop thread; return soon. */
public interface OfferHost {
    /** A file is offered. */
    void onOffer(IncomingOffer offer);

    /** An offer that waits is no longer there: its sender gave up, or nobody decided in time. */
    default void onWithdrawn(IncomingOffer offer) {}
}
