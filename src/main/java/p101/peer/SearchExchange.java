package p101.peer;

import p101.model.Endpoint;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.RowFlags;

/**
 * A walk down the sources of a search: each S asks for what is older than the last answer. Every send has a fresh random tx,
 * so that only the answer to the newest counts and a stranger has to guess 32 bits. spec/PDU.md, section 7.8.
 */
final class SearchExchange extends Exchange {
    private final SearchQuery query;
    private final SearchHandler handler;
    private long beforeId;

    SearchExchange(IndexClient client, SearchQuery query, SearchHandler handler) {
        super(client, ResendSchedule.standard(client.roundTrip()));
        this.query = query;
        this.handler = handler;
    }

    @Override
    Pdu.Request pdu(int tx, int cookie) {
        return new Pdu.Search(tx, cookie, query.partialToo(), beforeId, query.content(), query.peer(), query.file());
    }

    @Override
    int txForSend(int currentTx) {
        return client.freshQueryTx(this, currentTx);
    }

    @Override
    boolean onAnswer(Pdu.Answer answer, long nowNanos) {
        if (answer instanceof Pdu.Found found) {
            if (!fits(found)) {
                return false;
            }
            measure(nowNanos);
            onFound(found, nowNanos);
            return true;
        }
        if (answer instanceof Pdu.Refused refused && refused.ownerKey() == 0) {
            onRefused(refused, nowNanos);
            return true;
        }
        return false;
    }

    /** The row cannot be shown, but it says where to go on. */
    @Override
    void onNameless(Pdu.Answer answer, long nowNanos) {
        if (answer instanceof Pdu.Found found && isOlder(found)) {
            measure(nowNanos);
            beforeId = found.id();
            if (passOver(nowNanos)) {
                restart(nowNanos);
            }
        }
    }

    private boolean isOlder(Pdu.Found found) {
        return found.id() > 0 && (beforeId == 0 || found.id() < beforeId);
    }

    /** Whether the answer is one that the question can have; names are compared as text, ids as numbers. */
    private boolean fits(Pdu.Found found) {
        boolean samePeer = query.peer().isNone()
                || query.peer().value().equals(found.peer().value());
        boolean sameContent = query.content().isNone()
                || query.content().bits() == found.content().bits();
        boolean wholeEnough = query.partialToo() || (found.rowFlags() & RowFlags.PARTIAL) == 0;
        boolean namesRow = !query.peer().isNone() && !query.file().isNone();
        boolean fetchable = namesRow || (found.rowFlags() & RowFlags.NOT_FETCHABLE) == 0;
        return isOlder(found) && samePeer && sameContent && wholeEnough && fetchable && found.tcpPort() > 0;
    }

    private void onFound(Pdu.Found found, long nowNanos) {
        beforeId = found.id();
        Endpoint endpoint = new Endpoint(found.address(), found.tcpPort());
        FoundRow row =
                new FoundRow(found.id(), found.rowFlags(), endpoint, found.size(), found.content(), found.peer());
        if (!handler.onFound(row)) {
            end(Ending.DONE, nowNanos);
        } else if (!hasEnded()) {
            restart(nowNanos);
        }
    }

    private void onRefused(Pdu.Refused refused, long nowNanos) {
        measure(nowNanos);
        ErrorCode code = refused.code();
        if (code == ErrorCode.NOT_FOUND && beforeId != 0) {
            end(walked(), nowNanos);
        } else if (code == ErrorCode.COOKIE) {
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
