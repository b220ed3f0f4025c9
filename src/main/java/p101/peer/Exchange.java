package p101.peer;

import p101.pdu.ErrorCode;
import p101.pdu.Pdu;

/**
 * One request and its way to an end: sends, waits, sends again, gives up. Subclasses say what is sent and what an answer
 * means. States: waiting for an answer, waiting because the index said so, ended. One thread.
 */
abstract class Exchange {
    /** Most times that one request waits because the index is busy or full. */
    private static final int MAX_PAUSES = 8;

    /** Longest wait that an index can ask for. */
    private static final int MAX_PAUSE_SECONDS = 60;

    /** Rows of one walk that may be passed over because their names are malformed; an index that sends more of them is no index. */
    private static final int MAX_PASSED_OVER = 1_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Spreads those who were told to wait equally long. */
    private static final long PAUSE_JITTER_NANOS = NANOS_PER_SECOND / 2;

    final IndexClient client;
    private ResendSchedule schedule;
    private int tx;
    private long deadlineNanos;
    private long lastSendNanos;
    private boolean sentBefore;

    /** Sent more than once under one tx: an answer does not tell which send it belongs to. */
    private boolean ambiguous;

    private boolean askedAtOnce;
    private boolean paused;
    private int pauses;

    /** Answers since the last one of use that are no PDUs. */
    private int malformed;

    /** Rows so far whose names are malformed. */
    private int passedOver;

    private boolean ended;

    Exchange(IndexClient client, ResendSchedule schedule) {
        this.client = client;
        this.schedule = schedule;
    }

    /** The request as it is sent now. */
    abstract Pdu.Request pdu(int tx, int cookie);

    /** The tx for the next send; one that keeps its tx returns the current one. */
    abstract int txForSend(int currentTx);

    /**
     * Takes an answer with this exchange's tx.
     *
     * @return false when it does not fit the request: it is dropped and counted
     */
    abstract boolean onAnswer(Pdu.Answer answer, long nowNanos);

    /** Takes an answer with this exchange's tx whose names were malformed, and are empty now. */
    void onNameless(Pdu.Answer answer, long nowNanos) {}

    /** Two sends went unanswered. */
    abstract void onSlow();

    /** Tells the caller, once; the exchange is no longer outstanding. */
    abstract void onEnd(Ending ending, long nowNanos);

    /** The wait for the rest of an answer ended; true when the exchange has dealt with it. */
    boolean onGap(long nowNanos) {
        return false;
    }

    /** A scheduled wait ended without an answer. */
    void onTimeout(long sentNanos, long nowNanos) {}

    final int tx() {
        return tx;
    }

    final boolean hasEnded() {
        return ended;
    }

    final long deadlineNanos() {
        return deadlineNanos;
    }

    /** The scheduled send: the first one, or the next after a timeout. */
    final void sendScheduled(long nowNanos) {
        transmit(nowNanos);
        askedAtOnce = false;
        setDeadline(nowNanos + schedule.waitAfterSend(client.random()));
        if (schedule.isNoticeDue()) {
            onSlow();
        }
    }

    /** Begins anew, because the last answer made progress or asked for patience. */
    final void restart(long nowNanos) {
        malformed = 0;
        schedule = schedule.again(client.roundTrip());
        sendScheduled(nowNanos);
    }

    /**
     * Sends again without waiting for the timer, once between two timeouts: an index that always asks for another cookie or
     * another tx cannot make a client flood it.
     */
    final void sendAtOnce(long nowNanos) {
        if (!askedAtOnce) {
            transmit(nowNanos);
            askedAtOnce = true;
            ambiguous = false; // only this send can be answered as it is hoped for
        }
    }

    private void setDeadline(long nanos) {
        deadlineNanos = nanos;
        client.onDeadlineSet(nanos);
    }

    private void transmit(long nowNanos) {
        int next = txForSend(tx);
        ambiguous = sentBefore && next == tx;
        sentBefore = true;
        tx = next;
        lastSendNanos = nowNanos;
        client.send(this);
    }

    final void onDeadline(long nowNanos) {
        if (paused) {
            paused = false;
            restart(nowNanos);
            return;
        }
        if (onGap(nowNanos)) {
            return;
        }
        onTimeout(lastSendNanos, nowNanos);
        if (schedule.isExhausted()) {
            end(noAnswer(), nowNanos);
        } else {
            client.counters().resent++;
            sendScheduled(nowNanos);
        }
    }

    private Ending noAnswer() {
        return malformed == 0
                ? new Ending(Verdict.SILENT, "the index does not answer")
                : new Ending(
                        Verdict.MALFORMED,
                        "what answers is not an index of this protocol: it sent "
                                .concat(malformed == 1 ? "1 malformed answer" : malformed + " malformed answers"));
    }

    /** An answer came that is no PDU. */
    final void countMalformed() {
        malformed++;
    }

    /** A walk leaves out a row whose names are malformed; false when those are too many, and the walk has ended. */
    final boolean passOver(long nowNanos) {
        passedOver++;
        if (passedOver > MAX_PASSED_OVER) {
            end(walked(), nowNanos);
        }
        return !ended;
    }

    /** The ending of a walk that has come to its end: done, unless rows had to be left out. */
    final Ending walked() {
        if (passedOver == 0) {
            return Ending.DONE;
        }
        return new Ending(
                Verdict.MALFORMED,
                "the index sent "
                        .concat(
                                passedOver == 1
                                        ? "1 malformed entry, which is left out"
                                        : passedOver + " malformed entries, which are left out"));
    }

    /** Waits a while longer for the rest of an answer that has begun. */
    final void waitFor(long nanos, long nowNanos) {
        setDeadline(nowNanos + nanos);
    }

    /** Learns from an answer how far the index is. */
    final void measure(long nowNanos) {
        if (!ambiguous) {
            client.roundTrip().sample(nowNanos - lastSendNanos);
        }
    }

    /** What BUSY and LIMIT mean to every request: wait as told, or end. */
    final void onBusy(Pdu.Refused refused, long nowNanos) {
        if (paused) {
            return; // a copy of what was said already
        }
        boolean told = refused.retryAfterSeconds() > 0;
        if (!told && refused.code() == ErrorCode.BUSY) {
            return; // no advice: the timer is the advice
        }
        if (!told || pauses == MAX_PAUSES) {
            end(Ending.of(Verdict.LIMIT, refused.text()), nowNanos);
            return;
        }
        pauses++;
        paused = true;
        long seconds = Math.min(refused.retryAfterSeconds(), MAX_PAUSE_SECONDS);
        setDeadline(nowNanos + seconds * NANOS_PER_SECOND + ResendSchedule.jitter(PAUSE_JITTER_NANOS, client.random()));
    }

    /** Ends it and tells the caller why. */
    final void end(Ending ending, long nowNanos) {
        if (!ended) {
            settle();
            onEnd(ending, nowNanos);
        }
    }

    /** Ends it without a word; the caller is told otherwise, or does not care any more. */
    final void settle() {
        ended = true;
        client.forget(this);
    }

    /** An ending for the error codes that mean the same to every request. */
    static Ending refusal(Pdu.Refused refused) {
        Verdict verdict = switch (refused.code()) {
            case CONFLICT -> Verdict.CONFLICT;
            case NOT_YOURS -> Verdict.NOT_YOURS;
            case NOT_FOUND -> Verdict.NOT_FOUND;
            case LIMIT, BUSY -> Verdict.LIMIT;
            default -> Verdict.REFUSED;
        };
        return Ending.of(verdict, refused.text());
    }
}
