package p101.peer;

import p101.model.PeerName;
import p101.model.Randomness;

/**
 * Keeps the owner alive at the index: one R without a file name at a third of each lease, however many files there are. A
 * refresh that is still unanswered when the next is due gives way to it, so that an index that comes back after a long time is
 * noticed within one interval. spec/PDU.md, section 8.3. One thread.
 */
final class LeaseKeeper implements OwnerHandler {
    /** Assumed until the index says otherwise. */
    private static final int DEFAULT_LEASE_SECONDS = 60;

    private static final int REFRESHES_PER_LEASE = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Refreshes come up to a fifth early, so that peers do not march in step; never late. */
    private static final int JITTER_DIVISOR = 5;

    private static final int JITTER_STEPS = 1024;

    /** Learns what the refreshes bring. */
    interface Listener {
        void onRefreshed(Receipt receipt, long nowNanos);

        /** The index stopped answering. */
        void onSilent(long nowNanos);

        void onSlow();

        /** The index refuses the presence itself. */
        void onPresenceRefused(Ending why);
    }

    private final IndexClient client;
    private final Randomness random;
    private final Listener listener;
    private PeerName name;
    private OwnerExchange exchange;
    private int leaseSeconds;
    private long nextRefreshNanos;
    private boolean running;

    LeaseKeeper(IndexClient client, Randomness random, PeerName name, Listener listener) {
        this.client = client;
        this.random = random;
        this.name = name;
        this.listener = listener;
    }

    void start(long nowNanos) {
        running = true;
        refresh(nowNanos);
    }

    void stop() {
        running = false;
        dropExchange();
    }

    void rename(PeerName newName) {
        name = newName;
    }

    PeerName name() {
        return name;
    }

    /** As the index said last; 0 before it said anything. */
    int leaseSeconds() {
        return leaseSeconds;
    }

    long intervalNanos() {
        int lease = leaseSeconds == 0 ? DEFAULT_LEASE_SECONDS : leaseSeconds;
        return lease * NANOS_PER_SECOND / REFRESHES_PER_LEASE;
    }

    void onTimer(long nowNanos) {
        if (!running || nextRefreshNanos - nowNanos > 0) {
            return;
        }
        if (exchange == null) {
            refresh(nowNanos);
        } else if (leaseSeconds != 0) {
            dropExchange();
            listener.onSilent(nowNanos);
            refresh(nowNanos);
        } else {
            nextRefreshNanos = nowNanos + intervalNanos(); // the first contact has its whole schedule
        }
    }

    long waitNanos(long nowNanos) {
        return running ? Math.max(0, nextRefreshNanos - nowNanos) : IndexClient.NO_TIMER;
    }

    /** Refreshes out of turn, with a tx above all so far. */
    void refreshNow(long nowNanos) {
        dropExchange();
        refresh(nowNanos);
    }

    private void refresh(long nowNanos) {
        nextRefreshNanos = nowNanos + jittered();
        exchange = client.register(Advert.presence(name), false, this, nowNanos);
    }

    private long jittered() {
        long interval = intervalNanos();
        return interval - interval / JITTER_DIVISOR / JITTER_STEPS * random.below(JITTER_STEPS + 1);
    }

    private void dropExchange() {
        if (exchange != null) {
            exchange.settle();
            exchange = null;
        }
    }

    /** Every A tells the lease, that of a file's R too. */
    void onLease(int seconds, long nowNanos) {
        leaseSeconds = Math.max(1, seconds);
        long soonest = nowNanos + jittered();
        if (soonest - nextRefreshNanos < 0) {
            nextRefreshNanos = soonest;
        }
    }

    @Override
    public void onAccepted(Receipt receipt, long nowNanos) {
        exchange = null;
        onLease(receipt.leaseSeconds(), nowNanos);
        listener.onRefreshed(receipt, nowNanos);
    }

    @Override
    public void onFailed(Ending ending, long nowNanos) {
        exchange = null;
        if (ending.verdict() == Verdict.SILENT) {
            listener.onSilent(nowNanos);
            if (running) {
                refresh(nowNanos);
            }
        } else if (ending.verdict() != Verdict.CANCELLED) {
            listener.onPresenceRefused(ending); // asked again at the next interval
        }
    }

    @Override
    public void onSlow() {
        listener.onSlow();
    }
}
