package p101.registry;

import java.util.List;
import java.util.function.Consumer;
import p101.model.FileName;

/**
 * Peers and their files. Commands are applied one after the other, whichever thread and door they come from. Asynchronous by
 * contract: the outcome of a command may come after {@link #apply} returned (a registry on another machine), or before (one
 * in memory), but always exactly once and, for the commands of one caller, in their order.
 */
public interface Registry {
    /** Bytes of {@link #cookieSecret()}. */
    int SECRET_BYTES = 32;

    /**
     * Applies a command.
     *
     * @param nowNanos the monotonic time; every caller uses the same clock
     * @param outcome called exactly once, on the calling thread or on the caller's loop, never under a lock of the registry;
     *     must not throw
     */
    void apply(Command command, long nowNanos, Consumer<? super Outcome> outcome);

    /**
     * A hint: the next commands will look these files up, so that what they need can be fetched at the same time instead of one
     * after the other. It changes nothing, and may do nothing.
     */
    default void prefetch(List<FileName> files) {}

    /**
     * The secret that all indexes of this registry make their cookies with, so that a peer may talk to any of them: a copy of
     * {@value #SECRET_BYTES} unguessable bytes, never to be logged or stored by the caller. spec/PDU.md, section 7.3.
     */
    byte[] cookieSecret();
}
