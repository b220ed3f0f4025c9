package p101.index;

import java.util.function.Consumer;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.Refusal;
import p101.registry.Registry;

/** Refuses everything for one reason. */
record RefusingRegistry(Refusal refusal) implements Registry {
    static final int NEWEST_TX = 4711;

    @Override
    public void apply(Command command, long nowNanos, Consumer<? super Outcome> outcome) {
        outcome.accept(new Outcome.Refused(refusal, NEWEST_TX));
    }

    @Override
    public byte[] cookieSecret() {
        return new byte[SECRET_BYTES];
    }
}
