package p101.peer;

import p101.model.ContentId;
import p101.pdu.Pdu;

/**
 * An R or a T. It keeps its tx when it is sent again, so that the index does it once; a stale one goes on above what the
 * index has seen, unless its tx says what it must not touch. spec/PDU.md, sections 7.2 and 8.1.
 */
final class OwnerExchange extends Exchange {
    /** What is sent: R or T of a row, of the presence, of all. */
    enum Kind {
        REGISTER,
        DEREGISTER,
        /** T of all rows below a tx chosen before: with a greater tx it would remove what it must keep. */
        SWEEP
    }

    /** One leap above the newest tx is enough; an index that asks for more each time is not followed for ever. */
    private static final int MAX_LEAPS = 16;

    private final Kind kind;
    private final Advert advert;
    private final OwnerHandler handler;
    private final boolean windowed;
    private int nextTx;
    private int leaps;

    /** The client's count of events when this was alone; see {@link Receipt#alone}. */
    long aloneSince = -1;

    OwnerExchange(
            IndexClient client,
            ResendSchedule schedule,
            Kind kind,
            Advert advert,
            int tx,
            boolean windowed,
            OwnerHandler handler) {
        super(client, schedule);
        this.kind = kind;
        this.advert = advert;
        this.nextTx = tx;
        this.windowed = windowed;
        this.handler = handler;
    }

    boolean isWindowed() {
        return windowed;
    }

    @Override
    Pdu.Request pdu(int tx, int cookie) {
        OwnerIdentity owner = client.owner();
        return kind == Kind.REGISTER
                ? new Pdu.Register(
                        tx,
                        cookie,
                        owner.key(),
                        advert.rowFlags(),
                        owner.tcpPort(),
                        advert.size(),
                        advert.content(),
                        advert.peer(),
                        advert.file())
                : new Pdu.Deregister(
                        tx, cookie, owner.key(), 0, owner.tcpPort(), 0, ContentId.NONE, advert.peer(), advert.file());
    }

    @Override
    int txForSend(int currentTx) {
        return nextTx;
    }

    @Override
    boolean onAnswer(Pdu.Answer answer, long nowNanos) {
        if (answer instanceof Pdu.Accepted accepted) {
            if (accepted.ownerKey() != client.owner().key()) {
                return false;
            }
            measure(nowNanos);
            client.adoptCookie(accepted.cookie());
            client.onOwnerAccepted(this, accepted, nowNanos);
            return true;
        }
        if (answer instanceof Pdu.Refused refused
                && refused.ownerKey() == client.owner().key()) {
            onRefused(refused, nowNanos);
            return true;
        }
        return false;
    }

    /** Called by the client once this is no longer outstanding. */
    void accept(Receipt receipt, long nowNanos) {
        handler.onAccepted(receipt, nowNanos);
    }

    private void onRefused(Pdu.Refused refused, long nowNanos) {
        measure(nowNanos);
        switch (refused.code()) {
            case COOKIE -> {
                client.adoptCookie(refused.cookie());
                sendAtOnce(nowNanos);
            }
            case STALE -> onStale(refused, nowNanos);
            case BUSY, LIMIT -> onBusy(refused, nowNanos);
            default -> end(refusal(refused), nowNanos);
        }
    }

    private void onStale(Pdu.Refused refused, long nowNanos) {
        leaps++;
        boolean mayLeap = kind != Kind.SWEEP && leaps <= MAX_LEAPS;
        if (mayLeap && client.changeTx(this, refused.newestTx())) {
            restart(nowNanos);
        } else {
            end(Ending.of(Verdict.REFUSED, refused.text()), nowNanos);
        }
    }

    /** The tx of the next send, and of all that follow. */
    void useTx(int tx) {
        nextTx = tx;
    }

    @Override
    void onTimeout(long sentNanos, long nowNanos) {
        if (windowed) {
            client.window().onTimeout(sentNanos, nowNanos);
        }
    }

    @Override
    void onSlow() {
        handler.onSlow();
    }

    @Override
    void onEnd(Ending ending, long nowNanos) {
        handler.onFailed(ending, nowNanos);
    }
}
