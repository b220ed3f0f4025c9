package p101.direct;

import java.nio.ByteBuffer;

/**
 * What of one file has arrived and what may still come: the manifest, the chunks, the limit, and when the sender is to be told.
 * spec/DIRECT.md, sections 3.5 and 6. One thread.
 */
final class Arrivals {
    /** What became of a chunk. */
    enum Outcome {
        /** As if it had been lost. */
        DROPPED,
        /** It is here; an ACK may wait for more. */
        HERE,
        /** It is here, and the sender should know at once. */
        HERE_SAY_SO
    }

    private final ChunkPlan plan;
    private final IncomingFile into;
    private final ReceivedChunks chunks;
    private final AckClock acks;
    private ByteBuffer manifest;
    private int limit;
    private long doneBytes;

    /**
     * @param flightBytes most bytes of chunks that the sender may have on their way
     */
    Arrivals(ChunkPlan plan, IncomingFile into, int flightBytes) {
        this.plan = plan;
        this.into = into;
        this.chunks = new ReceivedChunks(plan);
        this.acks = new AckClock(flightBytes / plan.chunkBytes());
        this.manifest = ByteBuffer.allocate(plan.manifestLength());
        this.limit = plan.manifestChunks();
    }

    /**
     * A chunk came.
     *
     * @param takesContent whether the file is open; before that only the manifest is taken
     */
    Outcome onData(DirectDatagram.Data data, boolean takesContent, long nowNanos) {
        int chunk = data.chunk();
        if (chunk >= plan.count() || data.content().remaining() != plan.length(chunk)) {
            return Outcome.DROPPED;
        }
        if (chunks.wants(chunk) && !take(chunk, data.content(), takesContent) || !chunks.isHere(chunk)) {
            return Outcome.DROPPED;
        }
        boolean gap = chunks.end() > chunks.cumulative();
        boolean doubled = chunk < chunks.cumulative() - 1;
        boolean enough = acks.onData(data.number(), nowNanos);
        return enough || gap || doubled || chunks.isComplete() ? Outcome.HERE_SAY_SO : Outcome.HERE;
    }

    /** False when there is no room for it now. */
    private boolean take(int chunk, ByteBuffer content, boolean takesContent) {
        if (plan.isManifest(chunk)) {
            manifest.put((int) plan.offset(chunk), content, content.position(), content.remaining());
        } else if (takesContent && into.room() >= content.remaining()) {
            // A chunk that lies half in a piece that was held comes whole.
            doneBytes = Math.min(plan.size(), doneBytes + content.remaining());
            into.write(plan.offset(chunk), content);
            raiseLimit();
        } else {
            return false;
        }
        chunks.add(chunk);
        return true;
    }

    /** The manifest, once it is whole, and once only; else null. */
    ByteBuffer takeManifest() {
        ByteBuffer whole = chunks.hasManifest() ? manifest : null;
        manifest = whole == null ? manifest : null;
        return whole;
    }

    /** The file is open; what an earlier attempt left counts as here. */
    void onOpened(HeldContent held) {
        chunks.addHeld(held);
        doneBytes = held.bytes();
        raiseLimit();
    }

    /**
     * Lets the sender go on as far as there is room.
     *
     * @return whether it may go further than before
     */
    boolean raiseLimit() {
        int before = limit;
        long far = chunks.end() + (long) into.room() / plan.chunkBytes();
        limit = (int) Math.max(limit, Math.min(plan.count(), far));
        return limit > before;
    }

    int limit() {
        return limit;
    }

    boolean isComplete() {
        return chunks.isComplete();
    }

    /** Bytes of the content that are here, those of an earlier attempt included. */
    long doneBytes() {
        return doneBytes;
    }

    /** How long until an ACK is due; {@link FileSender#NO_TIMER} = none is. */
    long ackWaitNanos(long nowNanos) {
        return acks.waitNanos(nowNanos);
    }

    /** The ACK of this moment; its bitmap is good until the next one. */
    DirectDatagram.Ack ack(long senderId, long nowNanos) {
        return acks.make(senderId, chunks, limit, nowNanos);
    }
}
