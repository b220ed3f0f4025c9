package p101.content;

import p101.loop.CloseReason;

/**
 * Whether a connection is too slow or too silent: a decision on times and counts alone (spec/PDU.md, section 9). While bytes
 * are owed only the reader's speed counts; else an unfinished D has its time, and silence has its own.
 */
final class Pace {
    private final ContentLimits limits;
    private State state = State.SILENT;
    private long sinceNanos;
    private long drainedBytes;

    private enum State {
        /** Nothing is owed and nothing has begun. */
        SILENT,
        /** A D has begun and is not whole. */
        REQUESTING,
        /** Bytes are owed. */
        SENDING
    }

    Pace(ContentLimits limits, long nowNanos) {
        this.limits = limits;
        this.sinceNanos = nowNanos;
    }

    /**
     * Tells how things are now.
     *
     * @param owing whether bytes are owed
     * @param requesting whether a D has begun and is not whole
     * @param newRequest whether that D is another one than before
     */
    void update(boolean owing, boolean requesting, boolean newRequest, long nowNanos) {
        State next = owing ? State.SENDING : requesting ? State.REQUESTING : State.SILENT;
        boolean anew = next != state || next == State.SILENT || (next == State.REQUESTING && newRequest);
        if (anew) {
            state = next;
            sinceNanos = nowNanos;
            drainedBytes = 0;
        }
    }

    /** The socket took bytes. */
    void drained(int bytes) {
        drainedBytes += bytes;
    }

    /** Whether the time for a verdict has come and it would be against a reader. */
    boolean isTooSlow(long nowNanos) {
        return state == State.SENDING && untilVerdict(nowNanos) <= 0 && drainedBytes < limits.drainBytes();
    }

    /** Why the connection is to be closed now, or {@code null}. A reader that was fast enough is judged anew from now on. */
    CloseReason verdict(long nowNanos) {
        if (untilVerdict(nowNanos) > 0) {
            return null;
        }
        if (state == State.SILENT) {
            return CloseReason.IDLE;
        }
        if (state == State.REQUESTING || isTooSlow(nowNanos)) {
            return CloseReason.TOO_SLOW;
        }
        sinceNanos = nowNanos;
        drainedBytes = 0;
        return null;
    }

    /** Nanoseconds until {@link #verdict} may say something; 0 or less = now. */
    long untilVerdict(long nowNanos) {
        long allowed = switch (state) {
            case SILENT -> limits.idleNanos();
            case REQUESTING -> limits.requestNanos();
            case SENDING -> limits.drainNanos();
        };
        return allowed - (nowNanos - sinceNanos);
    }
}
