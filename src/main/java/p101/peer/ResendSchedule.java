package p101.peer;

import p101.model.Randomness;

/**
 * When one request is sent again, and when it is given up. Standard: waits of 0.5 s, doubled after each of 7 sends, each
 * with a jitter of a quarter either way; it gives up after about 63.5 s. Once the round trip is known, one early send after
 * a short wait is put before it, which shortens nothing. spec/PDU.md, section 8.1. One thread.
 */
final class ResendSchedule {
    static final long FIRST_WAIT_NANOS = 500_000_000L;
    static final long MIN_WAIT_NANOS = 20_000_000L;

    /** Sends of the standard schedule. */
    static final int SENDS = 7;

    /** A peer that quits has 2 s: twelve sends, 150 ms apart, lose everything once in three thousand times at 30% loss. */
    private static final long QUIT_WAIT_NANOS = 150_000_000L;

    private static final int QUIT_SENDS = 12;

    /** The notice to a person comes when this many standard sends went unanswered. */
    private static final int UNANSWERED_BEFORE_NOTICE = 2;

    private static final int JITTER_STEPS = 1 << 16;

    private final long earlyWaitNanos;
    private final long firstWaitNanos;
    private final boolean doubling;
    private final int sendsInAll;
    private int sends;

    private ResendSchedule(long earlyWaitNanos, long firstWaitNanos, boolean doubling, int sendsInAll) {
        this.earlyWaitNanos = earlyWaitNanos;
        this.firstWaitNanos = firstWaitNanos;
        this.doubling = doubling;
        this.sendsInAll = sendsInAll;
    }

    static ResendSchedule standard(RoundTrip roundTrip) {
        return roundTrip.isKnown()
                ? new ResendSchedule(roundTrip.quickWaitNanos(), FIRST_WAIT_NANOS, true, SENDS + 1)
                : new ResendSchedule(0, FIRST_WAIT_NANOS, true, SENDS);
    }

    static ResendSchedule quit() {
        return new ResendSchedule(0, QUIT_WAIT_NANOS, false, QUIT_SENDS);
    }

    /** The same kind of schedule from its beginning. */
    ResendSchedule again(RoundTrip roundTrip) {
        return doubling ? standard(roundTrip) : quit();
    }

    /** Counts a send that the schedule asked for, and says how long to wait for its answer. */
    long waitAfterSend(Randomness random) {
        sends++;
        if (!doubling) {
            return firstWaitNanos;
        }
        int standardSends = standardSends();
        return jitter(standardSends == 0 ? earlyWaitNanos : firstWaitNanos << (standardSends - 1), random);
    }

    /** Whether every send was made: when the wait after the last one is over, the request is given up. */
    boolean isExhausted() {
        return sends >= sendsInAll;
    }

    /** Whether the send that was just counted is the one before which a person should be told. */
    boolean isNoticeDue() {
        return doubling && standardSends() == UNANSWERED_BEFORE_NOTICE + 1;
    }

    private int standardSends() {
        return earlyWaitNanos > 0 ? sends - 1 : sends;
    }

    /** Between 3/4 and 5/4, so that peers that lost the same index do not ask it in step. */
    static long jitter(long nanos, Randomness random) {
        return nanos - nanos / 4 + nanos / 2 / JITTER_STEPS * random.below(JITTER_STEPS + 1);
    }
}
