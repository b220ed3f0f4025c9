package p101.direct;

import java.nio.ByteBuffer;

/** When a receiver acknowledges, and what its ACK says of time. spec/DIRECT.md, sections 3.5 and 6. One thread. */
final class AckClock {
    private static final int MOST_EVERY = 4;

    /** So many ACKs for what may be in flight: a sender whose flight is over before one is due would wait for the delay. */
    private static final int ACKS_OF_A_FLIGHT = 4;

    private static final long DELAY_NANOS = 10_000_000L;
    private static final long MOST_MICROS = 0xFFFF_FFFFL;

    private final ByteBuffer bitmap = ByteBuffer.allocate(DirectCodec.MAX_BITMAP_BYTES);
    private final int every;
    private long newest;
    private long newestNanos;
    private int unacknowledged;
    private boolean due;
    private long dueNanos;

    /**
     * @param flightChunks most chunks that the sender may have on their way
     */
    AckClock(int flightChunks) {
        every = Math.max(1, Math.min(MOST_EVERY, flightChunks / ACKS_OF_A_FLIGHT));
    }

    /** A chunk came that is here now; true when enough have come for an ACK at once. */
    boolean onData(long number, long nowNanos) {
        if (number > newest) {
            newest = number;
            newestNanos = nowNanos;
        }
        unacknowledged++;
        if (!due) {
            due = true;
            dueNanos = nowNanos + DELAY_NANOS;
        }
        return unacknowledged >= every;
    }

    /** How long until an ACK is due; {@link FileSender#NO_TIMER} = none is. */
    long waitNanos(long nowNanos) {
        return due ? dueNanos - nowNanos : FileSender.NO_TIMER;
    }

    /** The ACK of this moment; its bitmap is good until the next one. */
    DirectDatagram.Ack make(long id, ReceivedChunks chunks, int limit, long nowNanos) {
        due = false;
        unacknowledged = 0;
        bitmap.clear();
        chunks.putBitmap(bitmap);
        long delayMicros = newest == 0 ? 0 : Math.min(MOST_MICROS, (nowNanos - newestNanos) / 1_000);
        return new DirectDatagram.Ack(id, newest, delayMicros, chunks.cumulative(), limit, bitmap.flip());
    }
}
