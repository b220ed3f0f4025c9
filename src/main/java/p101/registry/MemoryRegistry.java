package p101.registry;

import java.util.function.Consumer;
import p101.model.Randomness;

/** A registry in the memory of this process; outcomes come at once, on the calling thread. Safe from any thread. */
public final class MemoryRegistry implements Registry {
    private final byte[] secret = new byte[SECRET_BYTES];

    /**
     * @param leaseSeconds how long an owner lives without a further R, 1 to 65,535
     * @param unixSeconds the wall clock: ids begin at it, so that a walk survives a restart
     * @param randomness where the cookie secret comes from
     */
    public MemoryRegistry(RegistryLimits limits, int leaseSeconds, long unixSeconds, Randomness randomness) {
        randomness.fill(secret);
    }

    @Override
    public void apply(Command command, long nowNanos, Consumer<? super Outcome> outcome) {
        outcome.accept(new Outcome.NotFound());
    }

    @Override
    public byte[] cookieSecret() {
        return secret.clone();
    }
}
