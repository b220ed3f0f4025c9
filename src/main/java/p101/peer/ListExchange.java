package p101.peer;

import p101.pdu.ErrorCode;
import p101.pdu.ListFlags;
import p101.pdu.Pdu;

/**
 * A walk up the list. One O brings a burst of entries, cut from the registry at one moment; entries that overtook others wait
 * in a small table until the gap closes, only what is contiguous from the first is told, and the next O asks after the last of
 * them. So no row comes twice and none is passed over. spec/PDU.md, section 7.9.
 */
final class ListExchange extends Exchange {
    /** The most entries that one O asks for. */
    private static final int MAX_BURST = 128;

    /** What the field {@code sequence} can count. */
    private static final int SEQUENCES = 256;

    /** Under loss short bursts waste less; the shortest. */
    private static final int MIN_BURST = 8;

    /** Bursts in a row that may bring entries but not the next one in order. */
    private static final int MAX_FRUITLESS_BURSTS = 100;

    private final String filter;
    private final ListHandler handler;
    private final Pdu.Entry[] burst = new Pdu.Entry[SEQUENCES];
    private long afterId;
    private int nextSequence;
    private int burstLimit = MAX_BURST;
    private boolean begun;
    private int fruitlessBursts;

    ListExchange(IndexClient client, String filter, ListHandler handler) {
        super(client, ResendSchedule.standard(client.roundTrip()));
        this.filter = filter;
        this.handler = handler;
    }

    @Override
    Pdu.Request pdu(int tx, int cookie) {
        return new Pdu.ListRequest(tx, cookie, burstLimit, afterId, filter);
    }

    @Override
    int txForSend(int currentTx) {
        java.util.Arrays.fill(burst, null);
        nextSequence = 0;
        begun = false;
        return client.freshQueryTx(this, currentTx);
    }

    @Override
    boolean onAnswer(Pdu.Answer answer, long nowNanos) {
        if (answer instanceof Pdu.Entry entry) {
            return onEntry(entry, nowNanos);
        }
        if (answer instanceof Pdu.Refused refused && refused.ownerKey() == 0) {
            onRefused(refused, nowNanos);
            return true;
        }
        return false;
    }

    @Override
    void onNameless(Pdu.Answer answer, long nowNanos) {
        if (answer instanceof Pdu.Entry entry) {
            onEntry(entry, nowNanos);
        }
    }

    private boolean onEntry(Pdu.Entry entry, long nowNanos) {
        if (!fits(entry)) {
            return false;
        }
        if (!begun) {
            measure(nowNanos);
            begun = true;
        }
        client.adoptCookie(entry.cookie());
        burst[entry.sequence()] = entry;
        waitFor(client.roundTrip().quickWaitNanos(), nowNanos);
        tellContiguous(nowNanos);
        return true;
    }

    /** Whether an entry can be part of the answer. Only an empty last one that says "nothing more" may carry any id. */
    private boolean fits(Pdu.Entry entry) {
        int sequence = entry.sequence();
        if (sequence < 0 || sequence >= SEQUENCES || burst[sequence] != null) {
            return false;
        }
        boolean empty = has(entry, ListFlags.EMPTY);
        if (empty && !has(entry, ListFlags.LAST)) {
            return false;
        }
        boolean end = empty && !has(entry, ListFlags.MORE);
        boolean match = empty
                || isNameless(entry)
                || filter.isEmpty()
                || entry.file().value().contains(filter);
        return match && (end || entry.id() > afterId);
    }

    private void tellContiguous(long nowNanos) {
        while (!hasEnded() && nextSequence < SEQUENCES && burst[nextSequence] != null) {
            Pdu.Entry entry = burst[nextSequence];
            boolean empty = has(entry, ListFlags.EMPTY);
            boolean atEnd = has(entry, ListFlags.LAST) && !has(entry, ListFlags.MORE);
            if (!follows(entry, empty && atEnd)) {
                client.counters().wrong++;
                burst[nextSequence] = null; // the right one may still come; if not, the gap is asked for
                return;
            }
            nextSequence++;
            if (!(empty && atEnd)) {
                afterId = entry.id();
            }
            boolean goOn = empty || (isNameless(entry) ? passOver(nowNanos) : handler.onRow(row(entry)));
            if (!goOn) {
                end(Ending.DONE, nowNanos);
            } else if (atEnd) {
                end(walked(), nowNanos);
            } else if (has(entry, ListFlags.LAST) && !hasEnded()) {
                fruitlessBursts = 0;
                burstLimit = Math.min(MAX_BURST, burstLimit * 2);
                restart(nowNanos);
                return;
            }
        }
    }

    /** No row is without names: they were malformed, or left out, which is no better. */
    private static boolean isNameless(Pdu.Entry entry) {
        return entry.file().isNone() || entry.peer().isNone();
    }

    /** Ids rise, and each entry says what it comes after: the network may have doubled the O, and mixed two bursts. */
    private boolean follows(Pdu.Entry entry, boolean anyId) {
        return entry.previous() == Pdu.Entry.previous(afterId) && (anyId || entry.id() > afterId);
    }

    /** The rest of the burst did not come in time: ask after the last that did. */
    @Override
    boolean onGap(long nowNanos) {
        if (!begun) {
            return false;
        }
        fruitlessBursts = nextSequence > 0 ? 0 : fruitlessBursts + 1;
        if (fruitlessBursts > MAX_FRUITLESS_BURSTS) {
            return false;
        }
        burstLimit = Math.max(MIN_BURST, Math.min(MAX_BURST, nextSequence * 2));
        restart(nowNanos);
        return true;
    }

    private static ListedRow row(Pdu.Entry entry) {
        return new ListedRow(entry.id(), entry.rowFlags(), entry.size(), entry.content(), entry.peer(), entry.file());
    }

    private static boolean has(Pdu.Entry entry, int flag) {
        return (entry.listFlags() & flag) != 0;
    }

    private void onRefused(Pdu.Refused refused, long nowNanos) {
        measure(nowNanos);
        ErrorCode code = refused.code();
        if (code == ErrorCode.COOKIE) {
            client.adoptCookie(refused.cookie());
            sendAtOnce(nowNanos);
        } else if (code == ErrorCode.BUSY || code == ErrorCode.LIMIT) {
            onBusy(refused, nowNanos);
        } else {
            end(refusal(refused), nowNanos);
        }
    }

    @Override
    void onSlow() {
        handler.onSlow();
    }

    @Override
    void onEnd(Ending ending, long nowNanos) {
        handler.onEnd(ending);
    }
}
