package p101.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import p101.model.Randomness;

/**
 * The sending side of one file: pure, datagrams and time in, datagrams out. spec/DIRECT.md, sections 4 and 5.
 *
 * <pre>
 *   OFFERING -> SENDING -> PARTING -> ENDED
 *       |          |
 *       +----------+-----> ENDED      refused, silent, aborted
 * </pre>
 *
 * One thread. Call {@link #onTimer} when {@link #waitNanos} is over and after every datagram.
 */
final class FileSender implements Sender {
    /** No timer is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    /** An offer that nobody answers is given up. */
    static final long OFFER_NANOS = 15_000_000_000L;

    /** After so long without a word from the receiver a transfer is broken. */
    static final long SILENCE_NANOS = 30_000_000_000L;

    /** A farewell is repeated for so long. */
    static final long PARTING_NANOS = 2_000_000_000L;

    /** A receiver that has nothing to say repeats its last word sooner than this; else it may have been restarted. */
    static final long QUIET_NANOS = 4_000_000_000L;

    private static final long FIRST_OFFER_WAIT_NANOS = 250_000_000L;
    private static final long MOST_OFFER_WAIT_NANOS = 2_000_000_000L;
    private static final long FULL_SOCKET_NANOS = 1_000_000L;
    private static final long MOST_FAREWELL_WAIT_NANOS = 500_000_000L;

    private enum State {
        /** Until the receiver accepts. */
        OFFERING,
        /** Chunks are on their way. */
        SENDING,
        /** It is stored; the farewell is repeated until the receiver has heard it. */
        PARTING,
        ENDED
    }

    private final FileOffer offer;
    private final ByteBuffer manifest;
    private final ContentReader reader;
    private final SendListener listener;
    private final DatagramOut out;
    private final long id;
    private final int chunkBytes;
    private final DirectCodec codec = new DirectCodec();
    private final ByteBuffer buffer;
    private final RoundTrip roundTrip = new RoundTrip();

    private State state = State.OFFERING;
    private long token;
    private long heardNanos;

    /** When the offer was said again in the middle of a transfer. */
    private long resentNanos;

    private long resendAtNanos;
    private long resendWaitNanos = FIRST_OFFER_WAIT_NANOS;
    private long firstSentNanos;
    private int offersSent;
    private boolean waiting;
    private long partingUntilNanos;
    private boolean wasHere;

    private long receiverId;
    private Flight flight;
    private long sentBytes;
    private long sentDatagrams;

    /**
     * @param manifest as announced in the offer
     * @param chunkBytes wanted; the receiver may want less
     */
    FileSender(
            FileOffer offer,
            ByteBuffer manifest,
            int chunkBytes,
            ContentReader reader,
            Randomness random,
            DatagramOut out,
            SendListener listener) {
        if (manifest.remaining() != offer.manifestLength()) {
            throw new IllegalArgumentException("the manifest has another length than the offer says");
        }
        this.offer = offer;
        this.manifest = manifest.slice();
        this.chunkBytes = chunkBytes;
        this.reader = reader;
        this.out = out;
        this.listener = listener;
        long drawn = random.nextLong();
        this.id = drawn == 0 ? 1 : drawn;
        this.buffer = ByteBuffer.allocateDirect(DirectCodec.MAX_DATAGRAM_BYTES);
    }

    /** Sends the first offer. */
    @Override
    public void start(long nowNanos) {
        heardNanos = nowNanos;
        resentNanos = nowNanos - QUIET_NANOS;
        firstSentNanos = nowNanos;
        sendOffer(nowNanos);
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    long sentBytes() {
        return sentBytes;
    }

    private void sendOffer(long nowNanos) {
        offersSent++;
        resendAtNanos = nowNanos + resendWaitNanos;
        resendWaitNanos = Math.min(MOST_OFFER_WAIT_NANOS, 2 * resendWaitNanos);
        send(new DirectDatagram.Offer(id, token, chunkBytes, offer));
    }

    private boolean send(DirectDatagram datagram) {
        return transmit(codec.write(datagram, buffer));
    }

    private boolean transmit(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (!out.send(datagram)) {
            return false;
        }
        sentBytes += length;
        sentDatagrams++;
        return true;
    }

    // ---- what comes ----

    /** A datagram from the receiver's address came. */
    @Override
    public void onDatagram(ByteBuffer bytes, long nowNanos) {
        DirectDatagram datagram = codec.read(bytes);
        if (datagram == null || state == State.ENDED || !isForUs(datagram)) {
            return;
        }
        heardNanos = nowNanos;
        if (datagram instanceof DirectDatagram.Challenge challenge) {
            onChallenge(challenge, nowNanos);
        } else if (datagram instanceof DirectDatagram.Wait) {
            onWait();
        } else if (datagram instanceof DirectDatagram.Accept accept) {
            onAccept(accept, nowNanos);
        } else if (datagram instanceof DirectDatagram.Refuse refuse) {
            if (state == State.OFFERING) {
                end(SendEnd.Kind.REFUSED, refuse.reason());
            }
        } else if (datagram instanceof DirectDatagram.Ack ack) {
            onAck(ack, nowNanos);
        } else if (datagram instanceof DirectDatagram.Stored stored) {
            onStored(stored, nowNanos);
        } else if (datagram instanceof DirectDatagram.Closed) {
            if (state == State.PARTING) {
                end(wasHere ? SendEnd.Kind.WAS_HERE : SendEnd.Kind.STORED, null);
            }
        } else if (datagram instanceof DirectDatagram.Abort abort) {
            if (state != State.PARTING) {
                end(state == State.OFFERING ? SendEnd.Kind.REFUSED : SendEnd.Kind.BROKEN, abort.reason());
            }
        }
        onTimer(nowNanos);
    }

    /** Our id proves that the sender saw one of our datagrams; a receiver that was restarted knows only its own. */
    private boolean isForUs(DirectDatagram datagram) {
        if (datagram instanceof DirectDatagram.Abort abort && abort.id() == 0) {
            return receiverId != 0 && abort.cause() == receiverId;
        }
        return datagram.id() == id;
    }

    private void onChallenge(DirectDatagram.Challenge challenge, long nowNanos) {
        if (challenge.token() == token || challenge.token() == 0) {
            return;
        }
        if (state == State.SENDING && nowNanos - resentNanos < QUIET_NANOS) {
            end(SendEnd.Kind.BROKEN, DirectReason.UNKNOWN);
        }
        if (state != State.OFFERING) {
            return;
        }
        if (offersSent == 1) {
            roundTrip.onSample(nowNanos - firstSentNanos);
        }
        token = challenge.token();
        resendWaitNanos = FIRST_OFFER_WAIT_NANOS;
        sendOffer(nowNanos);
    }

    private void onWait() {
        if (state == State.OFFERING && !waiting) {
            waiting = true;
            listener.onWaiting();
        }
    }

    private void onAccept(DirectDatagram.Accept accept, long nowNanos) {
        if (state != State.OFFERING
                || accept.chunkBytes() > chunkBytes
                || !ChunkPlan.isCountable(
                        offer.manifestLength(), offer.content().size(), accept.chunkBytes())) {
            return;
        }
        state = State.SENDING;
        receiverId = accept.receiverId();
        ChunkPlan plan = new ChunkPlan(offer.manifestLength(), offer.content().size(), accept.chunkBytes());
        flight = new Flight(plan, accept.flightBytes(), accept.limit(), roundTrip, nowNanos);
        listener.onBegun();
    }

    private void onAck(DirectDatagram.Ack ack, long nowNanos) {
        if (state != State.SENDING) {
            return;
        }
        if (flight.onAck(ack, nowNanos)) {
            listener.onProgress(flight.doneBytes(), offer.content().size());
        } else if (flight.isTooNarrow()) {
            send(new DirectDatagram.Abort(receiverId, 0, DirectReason.CANCELLED));
            end(SendEnd.Kind.NARROW, DirectReason.SILENCE);
        }
    }

    private void onStored(DirectDatagram.Stored stored, long nowNanos) {
        if (state == State.SENDING) {
            state = State.PARTING;
            wasHere = stored.wasHere();
            partingUntilNanos = nowNanos + PARTING_NANOS;
            resendWaitNanos = Math.min(MOST_FAREWELL_WAIT_NANOS, roundTrip.probeNanos(0));
            listener.onProgress(offer.content().size(), offer.content().size());
        } else if (state != State.PARTING) {
            return;
        }
        sendFarewell(nowNanos);
    }

    private void sendFarewell(long nowNanos) {
        resendAtNanos = nowNanos + resendWaitNanos;
        send(new DirectDatagram.Farewell(receiverId));
    }

    // ---- time ----

    /** How long until {@link #onTimer} is to be called; 0 = now, {@link #NO_TIMER} = never. */
    @Override
    public long waitNanos(long nowNanos) {
        return switch (state) {
            case OFFERING -> Math.max(0, Math.min(resendAtNanos - nowNanos, heardNanos + OFFER_NANOS - nowNanos));
            case SENDING -> Math.max(0, Math.min(quietNanos() + QUIET_NANOS - nowNanos, flight.waitNanos(nowNanos)));
            case PARTING -> Math.max(0, Math.min(resendAtNanos - nowNanos, partingUntilNanos - nowNanos));
            case ENDED -> NO_TIMER;
        };
    }

    /** Since when it has been quiet, our asking counted too. */
    private long quietNanos() {
        return resentNanos - heardNanos > 0 ? resentNanos : heardNanos;
    }

    private void askWhenQuiet(long nowNanos) {
        if (nowNanos - quietNanos() >= QUIET_NANOS) {
            resentNanos = nowNanos;
            send(new DirectDatagram.Offer(id, token, chunkBytes, offer));
        }
    }

    /** Does what is due. */
    @Override
    public void onTimer(long nowNanos) {
        switch (state) {
            case OFFERING -> {
                if (nowNanos - heardNanos >= OFFER_NANOS) {
                    end(SendEnd.Kind.NO_ANSWER, DirectReason.SILENCE);
                } else if (nowNanos - resendAtNanos >= 0) {
                    sendOffer(nowNanos);
                }
            }
            case SENDING -> {
                if (nowNanos - heardNanos >= SILENCE_NANOS) {
                    end(SendEnd.Kind.BROKEN, DirectReason.SILENCE);
                } else {
                    askWhenQuiet(nowNanos);
                    flight.onTimer(nowNanos);
                    sendChunks(nowNanos);
                }
            }
            case PARTING -> {
                if (nowNanos - partingUntilNanos >= 0) {
                    end(wasHere ? SendEnd.Kind.WAS_HERE : SendEnd.Kind.STORED, null);
                } else if (nowNanos - resendAtNanos >= 0) {
                    sendFarewell(nowNanos);
                }
            }
            case ENDED -> {}
        }
    }

    private void sendChunks(long nowNanos) {
        int chunk = flight.next(nowNanos);
        while (chunk >= 0) {
            ByteBuffer datagram;
            try {
                datagram = dataOf(chunk);
            } catch (IOException unreadable) {
                send(new DirectDatagram.Abort(receiverId, 0, DirectReason.SOURCE));
                end(SendEnd.Kind.BROKEN, DirectReason.SOURCE);
                return;
            }
            if (!transmit(datagram)) {
                flight.onSocketFull(nowNanos + FULL_SOCKET_NANOS);
                return;
            }
            flight.onSent(chunk, nowNanos);
            chunk = flight.next(nowNanos);
        }
    }

    private ByteBuffer dataOf(int chunk) throws IOException {
        ChunkPlan plan = flight.plan();
        buffer.clear();
        DirectCodec.beginData(buffer, receiverId, flight.nextNumber(), chunk);
        int length = plan.length(chunk);
        int offset = (int) (plan.isManifest(chunk) ? plan.offset(chunk) : 0);
        if (plan.isManifest(chunk)) {
            buffer.put(manifest.slice(offset, length));
        } else {
            buffer.limit(DirectCodec.DATA_HEAD_BYTES + length);
            reader.read(plan.offset(chunk), buffer);
            if (buffer.hasRemaining()) {
                throw new IOException("the file is shorter than it was");
            }
        }
        return codec.seal(buffer);
    }

    /** Gives up, and tells the receiver. */
    @Override
    public void cancel() {
        if (state == State.OFFERING || state == State.SENDING) {
            send(new DirectDatagram.Abort(receiverId == 0 ? id : receiverId, 0, DirectReason.CANCELLED));
            end(SendEnd.Kind.BROKEN, DirectReason.CANCELLED);
        }
    }

    private void end(SendEnd.Kind kind, DirectReason reason) {
        if (state != State.ENDED) {
            state = State.ENDED;
            listener.onEnd(new SendEnd(kind, reason, sentBytes, sentDatagrams));
        }
    }
}
