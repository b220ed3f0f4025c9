package p101.registry;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import p101.model.FileName;
import p101.model.Randomness;

/**
 * A registry in the memory of this process; outcomes come at once, on the calling thread. One lock guards it, which the one busy
 * thread of an index takes without a wait. Every command costs logarithmic time, or a named limit of looks; what an owner
 * leaves behind is cleared away in small steps by the commands that follow. Safe from any thread.
 */
public final class MemoryRegistry implements Registry {
    private static final int MAX_LEASE_SECONDS = 65_535;
    private static final int ID_SHIFT = 16;

    /** Owners ended, and dead rows cleared away, by one command at most. */
    private static final int OWNERS_PER_COMMAND = 16;

    private static final int DEAD_ROWS_PER_COMMAND = 128;

    private final Object lock = new Object();
    private final byte[] secret = new byte[SECRET_BYTES];
    private final RowIndex index;
    private final Owners owners;
    private final RowRules rules;
    private final Lookups lookups;

    /**
     * @param leaseSeconds how long an owner lives without a further R, 1 to 65,535
     * @param unixSeconds the wall clock: ids begin at it, so that a walk survives a restart
     * @param randomness where the cookie secret, and that of the table of names, come from
     */
    public MemoryRegistry(RegistryLimits limits, int leaseSeconds, long unixSeconds, Randomness randomness) {
        if (leaseSeconds < 1 || leaseSeconds > MAX_LEASE_SECONDS) {
            throw new IllegalArgumentException(
                    "a lease is 1 to " + MAX_LEASE_SECONDS + " seconds, not " + leaseSeconds);
        }
        randomness.fill(secret);
        index = new RowIndex(unixSeconds << ID_SHIFT, randomness);
        owners = new Owners(limits, leaseSeconds);
        rules = new RowRules(owners, index, leaseSeconds);
        lookups = new Lookups(owners, index, limits.looksPerRequest());
    }

    @Override
    public void apply(Command command, long nowNanos, Consumer<? super Outcome> outcome) {
        Objects.requireNonNull(outcome);
        Outcome result;
        synchronized (lock) {
            tidy(nowNanos);
            result = run(command, nowNanos);
        }
        outcome.accept(result);
    }

    @Override
    public void prefetch(List<FileName> files) {
        synchronized (lock) {
            index.prefetch(files);
        }
    }

    private Outcome run(Command command, long nowNanos) {
        if (command instanceof Command.Search search) {
            return lookups.search(search, nowNanos);
        } else if (command instanceof Command.Register register) {
            return rules.register(register, nowNanos);
        } else if (command instanceof Command.Refresh refresh) {
            return rules.refresh(refresh, nowNanos);
        } else if (command instanceof Command.Walk walk) {
            return lookups.walk(walk, nowNanos);
        } else if (command instanceof Command.Remove remove) {
            return rules.remove(remove, nowNanos);
        } else if (command instanceof Command.RemoveAll removeAll) {
            return rules.removeAll(removeAll, nowNanos);
        } else if (command instanceof Command.Leave leave) {
            return rules.leave(leave, nowNanos);
        } else if (command instanceof Command.Holders holders) {
            return lookups.holders(holders, nowNanos);
        } else if (command instanceof Command.Peers peers) {
            return lookups.peers(peers, nowNanos);
        } else if (command instanceof Command.Named named) {
            return lookups.named(named, nowNanos);
        }
        return count(nowNanos);
    }

    /** A bounded part of the housekeeping; what is over but not tidied yet counts for nothing already. */
    private void tidy(long nowNanos) {
        owners.expire(nowNanos, OWNERS_PER_COMMAND);
        Row dead = owners.nextDead();
        for (int i = 0; dead != null && i < DEAD_ROWS_PER_COMMAND; i++) {
            rules.drop(dead);
            dead = owners.nextDead();
        }
    }

    /** Ending an owner is one step however much it has, so that exact totals stay cheap. */
    private Outcome count(long nowNanos) {
        owners.expire(nowNanos, Integer.MAX_VALUE);
        return new Outcome.Totals(owners.rowCount(), owners.thereCount());
    }

    @Override
    public byte[] cookieSecret() {
        return secret.clone();
    }
}
