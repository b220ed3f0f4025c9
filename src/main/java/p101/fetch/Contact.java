package p101.fetch;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A source that was heard of: its row, its standing, and what it did so far. Loop thread. */
final class Contact {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_BACK_OFF_SHIFT = 4;

    private final Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
    private Candidate row;
    private Session session;
    private boolean tried;
    private DropReason dropped;
    private String detail = "";
    private long retryAtNanos;
    private int failures;
    private long verifiedBytes;
    private long receivedBytes;
    private long connectedNanos;

    Contact(Candidate row) {
        this.row = row;
    }

    Candidate row() {
        return row;
    }

    /** The index told it again: a partial source may have become a complete one. */
    void refresh(Candidate newer) {
        row = newer;
    }

    Session session() {
        return session;
    }

    void connected(Session newSession) {
        session = newSession;
        tried = true;
        dropped = null;
        detail = "";
    }

    /** The session ended in good order, for lack of work. */
    void ended(long nowNanos) {
        if (session != null) {
            connectedNanos += session.ageNanos(nowNanos);
            session = null;
        }
    }

    /**
     * Drops it, for good or, if the reason allows, for a while that grows each time.
     *
     * @param retryAfterSeconds what the source asked for; 0 = the usual
     * @return whether it is the first time for this reason: what a person is told of
     */
    boolean drop(DropReason reason, String why, long nowNanos, long retryAfterSeconds) {
        ended(nowNanos);
        tried = true;
        dropped = reason;
        detail = why;
        long backOffSeconds = 1L << Math.min(failures, MAX_BACK_OFF_SHIFT);
        failures++;
        retryAtNanos = nowNanos + Math.max(retryAfterSeconds, backOffSeconds) * NANOS_PER_SECOND;
        return reasons.add(reason);
    }

    /** Bytes of it counted: its failures are forgiven. */
    void verified(long bytes) {
        verifiedBytes += bytes;
        failures = 0;
    }

    void received(long bytes) {
        receivedBytes += bytes;
    }

    boolean isUntried() {
        return !tried;
    }

    /** Whether it may be asked again at some time. */
    boolean isRetriable() {
        return session == null && (dropped == null || dropped.isRetriable());
    }

    boolean isDue(long nowNanos) {
        return isRetriable() && (dropped == null || nowNanos - retryAtNanos >= 0);
    }

    /** Whether it asked for patience and its time has not come. */
    boolean isBusy(long nowNanos) {
        return dropped == DropReason.BUSY && nowNanos - retryAtNanos < 0;
    }

    SourceReport report(long nowNanos) {
        long nanos = connectedNanos + (session == null ? 0 : session.ageNanos(nowNanos));
        long rate = nanos <= 0 ? 0 : (long) (verifiedBytes * (double) NANOS_PER_SECOND / nanos);
        return new SourceReport(
                row.peer(), row.endpoint(), verifiedBytes, receivedBytes, rate, Optional.ofNullable(dropped), detail);
    }
}
