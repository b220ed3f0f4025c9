package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The receiving side of one file. spec/DIRECT.md, sections 4 to 6.
 *
 * <pre>
 *   ASKING -> MANIFEST -> OPENING -> CONTENT -> FINISHING -> STORED -> ENDED
 *      |         |           |          |           |
 *      +---------+-----------+----------+-----------+--------------> ENDED   refused, failed, silent, aborted
 * </pre>
 *
 * One thread.
 */
final class Incoming implements IncomingOffer, IncomingFile.Events {
    /** How long somebody may think about an offer. */
    static final long DECISION_NANOS = 120_000_000_000L;

    /** An offer that is not repeated is gone. */
    static final long OFFER_SILENCE_NANOS = 15_000_000_000L;

    /** After so long without a datagram of the sender, while one is due, the transfer is broken. */
    static final long SILENCE_NANOS = 30_000_000_000L;

    private static final int MOST_STORED = 12;

    enum State {
        ASKING,
        MANIFEST,
        OPENING,
        CONTENT,
        FINISHING,
        STORED,
        ENDED
    }

    private final IncomingOwner owner;
    private final InetSocketAddress from;
    private final long senderId;
    private final long receiverId;
    private final FileOffer file;
    private final int chunkBytes;
    private final int flightBytes;
    private final ChunkPlan plan;
    private final long beganNanos;
    private final Repeats repeats = new Repeats();

    private State state = State.ASKING;
    private IncomingFile into;
    private Arrivals arrivals;
    private long heardNanos;
    private int storedSent;
    private boolean wasHere;
    private boolean confirmed;
    private DirectReason reason;

    Incoming(
            IncomingOwner owner,
            InetSocketAddress from,
            DirectDatagram.Offer offer,
            long receiverId,
            int chunkBytes,
            int flightBytes,
            long nowNanos) {
        this.owner = owner;
        this.from = from;
        this.senderId = offer.id();
        this.receiverId = receiverId;
        this.file = offer.file();
        this.chunkBytes = chunkBytes;
        this.flightBytes = flightBytes;
        this.plan = new ChunkPlan(file.manifestLength(), file.content().size(), chunkBytes);
        this.beganNanos = nowNanos;
        this.heardNanos = nowNanos;
    }

    @Override
    public FileOffer file() {
        return file;
    }

    @Override
    public InetSocketAddress from() {
        return from;
    }

    @Override
    public boolean isOpen() {
        return state == State.ASKING;
    }

    @Override
    public DirectReason reasonOrNull() {
        return reason;
    }

    State state() {
        return state;
    }

    long senderId() {
        return senderId;
    }

    long receiverId() {
        return receiverId;
    }

    // ---- the decision ----

    @Override
    public void accept(IncomingFile destination) {
        if (state == State.ASKING) {
            into = destination;
            arrivals = new Arrivals(plan, destination, flightBytes);
            state = State.MANIFEST;
            heardNanos = owner.nowNanos();
            repeats.restart(owner.nowNanos());
            answerOffer();
            owner.onChange();
        } else {
            destination.onEnd(reason == null ? DirectReason.CANCELLED : reason, false);
        }
    }

    @Override
    public void refuse(DirectReason why) {
        if (state == State.ASKING) {
            state = State.ENDED;
            reason = why;
            owner.onEnded(this, false);
            answerOffer();
        }
    }

    /** The sender says its offer again: it has not heard our last word. */
    void onOffer() {
        heardNanos = owner.nowNanos();
        answerOffer();
    }

    private void answerOffer() {
        switch (state) {
            case ASKING -> send(new DirectDatagram.Wait(senderId));
            case STORED -> send(new DirectDatagram.Stored(senderId, wasHere));
            case ENDED -> answerWhenEnded();
            default -> send(new DirectDatagram.Accept(senderId, receiverId, chunkBytes, flightBytes, arrivals.limit()));
        }
    }

    private void answerWhenEnded() {
        send(
                into == null
                        ? new DirectDatagram.Refuse(senderId, reason)
                        : reason == null
                                ? new DirectDatagram.Stored(senderId, wasHere)
                                : new DirectDatagram.Abort(senderId, 0, reason));
    }

    // ---- chunks ----

    void onData(DirectDatagram.Data data) {
        long now = owner.nowNanos();
        heardNanos = now;
        if (state == State.STORED || state == State.ENDED) {
            answerOffer();
            return;
        }
        if (arrivals == null) {
            return;
        }
        Arrivals.Outcome outcome = arrivals.onData(data, state == State.CONTENT, now);
        if (outcome == Arrivals.Outcome.DROPPED) {
            return;
        }
        repeats.restart(now);
        if (outcome == Arrivals.Outcome.HERE_SAY_SO) {
            acknowledge();
        }
        proceed();
    }

    private void proceed() {
        if (state == State.MANIFEST) {
            ByteBuffer manifest = arrivals.takeManifest();
            if (manifest != null) {
                state = State.OPENING;
                into.begin(manifest, this);
            }
        } else if (state == State.CONTENT) {
            into.onProgress(arrivals.doneBytes(), plan.size());
            finishWhenComplete();
        }
    }

    private void finishWhenComplete() {
        if (arrivals.isComplete()) {
            state = State.FINISHING;
            into.finish();
        }
    }

    private void acknowledge() {
        send(arrivals.ack(senderId, owner.nowNanos()));
    }

    private void send(DirectDatagram datagram) {
        owner.send(datagram, from);
    }

    // ---- the disk ----

    @Override
    public void onReady(HeldContent held) {
        if (state == State.OPENING) {
            state = State.CONTENT;
            heardNanos = owner.nowNanos();
            arrivals.onOpened(held);
            repeats.restart(owner.nowNanos());
            acknowledge();
            into.onProgress(arrivals.doneBytes(), plan.size());
            finishWhenComplete();
            owner.onChange();
        }
    }

    @Override
    public void onRoom() {
        if (state == State.CONTENT && arrivals.raiseLimit()) {
            heardNanos = owner.nowNanos();
            acknowledge();
            owner.onChange();
        }
    }

    @Override
    public void onStored(boolean here) {
        if (state == State.FINISHING || state == State.OPENING) {
            state = State.STORED;
            wasHere = here;
            repeats.restart(owner.nowNanos());
            sayStored();
            owner.onChange();
        }
    }

    private void sayStored() {
        storedSent++;
        send(new DirectDatagram.Stored(senderId, wasHere));
    }

    @Override
    public void onFailed(DirectReason why) {
        if (state != State.STORED && state != State.ENDED) {
            send(new DirectDatagram.Abort(senderId, 0, why));
            end(why);
        }
    }

    // ---- the end ----

    void onFarewell() {
        if (state == State.STORED) {
            confirmed = true;
            end(null);
        }
        if (state == State.ENDED && into != null && reason == null) {
            send(new DirectDatagram.Closed(senderId));
        }
    }

    /** The sender gave up, or another attempt of its takes the place of this one. */
    void onAbort(DirectReason why) {
        end(state == State.STORED ? null : why);
    }

    /** The receiver itself stops. */
    void cancel() {
        if (state == State.ASKING) {
            refuse(DirectReason.DECLINED);
        } else if (state == State.STORED) {
            end(null);
        } else {
            onFailed(DirectReason.CANCELLED);
        }
    }

    private void end(DirectReason why) {
        if (state == State.ENDED) {
            return;
        }
        boolean wasAsking = state == State.ASKING;
        boolean stored = state == State.STORED;
        state = State.ENDED;
        reason = why;
        arrivals = null;
        if (into != null) {
            if (!stored) {
                into.close();
            }
            into.onEnd(why, confirmed);
        }
        owner.onEnded(this, wasAsking);
    }

    // ---- time ----

    /** Whether there is nothing to acknowledge any more, or not yet. */
    private boolean hasEnded() {
        return arrivals == null || state == State.STORED;
    }

    long waitNanos(long nowNanos) {
        long wait = switch (state) {
            case ASKING ->
                Math.min(beganNanos + DECISION_NANOS - nowNanos, heardNanos + OFFER_SILENCE_NANOS - nowNanos);
            case MANIFEST, CONTENT -> Math.min(repeats.waitNanos(nowNanos), heardNanos + SILENCE_NANOS - nowNanos);
            case OPENING, FINISHING, STORED -> repeats.waitNanos(nowNanos);
            case ENDED -> FileSender.NO_TIMER;
        };
        return Math.max(0, hasEnded() ? wait : Math.min(wait, arrivals.ackWaitNanos(nowNanos)));
    }

    void onTimer(long nowNanos) {
        if (!hasEnded() && arrivals.ackWaitNanos(nowNanos) <= 0) {
            acknowledge();
        }
        switch (state) {
            case ASKING -> onTimerWhileAsking(nowNanos);
            case MANIFEST, CONTENT -> {
                if (nowNanos - heardNanos >= SILENCE_NANOS) {
                    onFailed(DirectReason.SILENCE);
                } else {
                    repeat(nowNanos);
                }
            }
            case OPENING, FINISHING, STORED -> repeat(nowNanos);
            case ENDED -> {}
        }
    }

    private void onTimerWhileAsking(long nowNanos) {
        if (nowNanos - heardNanos >= OFFER_SILENCE_NANOS) {
            end(DirectReason.SILENCE);
        } else if (nowNanos - beganNanos >= DECISION_NANOS) {
            end(DirectReason.UNDECIDED);
            answerOffer();
        }
    }

    /** The last word may have been lost, and the sender may have nothing on its way that would bring it out again. */
    private void repeat(long nowNanos) {
        if (!repeats.isDue(nowNanos)) {
            return;
        }
        if (state != State.STORED) {
            acknowledge();
        } else if (storedSent < MOST_STORED) {
            sayStored();
        } else {
            end(null);
        }
    }
}
