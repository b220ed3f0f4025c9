package p101.content;

import p101.loop.CloseReason;

/**
 * Whether a connection is too slow or too silent: a decision on times and counts alone (spec/PDU.md, section 9). While bytes
 * are owed only the reader's speed counts, measured by what a full socket takes; else an unfinished D has its time, and
 * silence has its own.
 */
final class Pace {
    /** After this time of sending the socket is filled, and from then on only what the reader takes makes room in it. */
    static final long PRIMING_NANOS = 1_000_000_000L;

    private final ContentLimits limits;
    private State state = State.SILENT;
    private long sinceNanos;
    private long drainedBytes;

    private enum State {
        /** Nothing is owed and nothing has begun. */
        SILENT,
        /** A D has begun and is not whole. */
        REQUESTING,
        /** Bytes are owed; what the socket takes says little about the reader yet. */
        PRIMING,
        /** Bytes are owed, and the socket was full when the time began. */
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
        if (owing) {
            if (!isOwing()) {
                begin(State.PRIMING, nowNanos);
            }
        } else if (!requesting) {
            begin(State.SILENT, nowNanos);
        } else if (newRequest || state != State.REQUESTING) {
            begin(State.REQUESTING, nowNanos);
        }
    }

    private void begin(State next, long nowNanos) {
        state = next;
        sinceNanos = nowNanos;
        drainedBytes = 0;
    }

    private boolean isOwing() {
        return state == State.PRIMING || state == State.SENDING;
    }

    /** The socket took bytes. */
    void drained(int bytes) {
        drainedBytes += bytes;
    }

    /** Whether a verdict on a reader is due: before it the socket is to be filled, so that it is just. */
    boolean isReaderDue(long nowNanos) {
        return isOwing() && untilVerdict(nowNanos) <= 0;
    }

    /** Why the connection is to be closed now, or {@code null}. A reader that was fast enough is judged anew from now on. */
    CloseReason verdict(long nowNanos) {
        if (untilVerdict(nowNanos) > 0) {
            return null;
        }
        if (state == State.SILENT) {
            return CloseReason.IDLE;
        }
        if (state == State.REQUESTING || (state == State.SENDING && drainedBytes < limits.drainBytes())) {
            return CloseReason.TOO_SLOW;
        }
        begin(State.SENDING, nowNanos);
        return null;
    }

    /** How long nothing has been owed or begun; negative when something is. */
    long silentNanos(long nowNanos) {
        return state == State.SILENT ? nowNanos - sinceNanos : -1;
    }

    /** Nanoseconds until {@link #verdict} may say something; 0 or less = now. */
    long untilVerdict(long nowNanos) {
        long allowed = switch (state) {
            case SILENT -> limits.idleNanos();
            case REQUESTING -> limits.requestNanos();
            case PRIMING -> PRIMING_NANOS;
            case SENDING -> limits.drainNanos();
        };
        return allowed - (nowNanos - sinceNanos);
    }
}
