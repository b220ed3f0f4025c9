package p101.direct;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Which chunks are here: all below a point, and some of those that one ACK can tell of. A ring of bits. One thread. */
final class ReceivedChunks {
    private static final int MASK = DirectLimits.HORIZON_CHUNKS - 1;

    private final ChunkPlan plan;
    private final BitSet ring = new BitSet(DirectLimits.HORIZON_CHUNKS);
    private HeldContent held = HeldContent.NONE;
    private int cumulative;
    private int highest = -1;
    private int lookedAt;

    ReceivedChunks(ChunkPlan plan) {
        this.plan = plan;
    }

    /** All below are here. */
    int cumulative() {
        return cumulative;
    }

    /** The chunk behind the last one that is here. */
    int end() {
        return Math.max(cumulative, highest + 1);
    }

    boolean isComplete() {
        return cumulative == plan.count();
    }

    boolean hasManifest() {
        return cumulative >= plan.manifestChunks();
    }

    /** Whether a chunk can be taken: neither here nor too far ahead. */
    boolean wants(int chunk) {
        return chunk >= cumulative && chunk - cumulative < DirectLimits.HORIZON_CHUNKS && !ring.get(chunk & MASK);
    }

    /** Whether a chunk is here or was. */
    boolean isHere(int chunk) {
        return chunk < cumulative || chunk - cumulative < DirectLimits.HORIZON_CHUNKS && ring.get(chunk & MASK);
    }

    void add(int chunk) {
        ring.set(chunk & MASK);
        highest = Math.max(highest, chunk);
        slide();
    }

    /** What an earlier attempt left counts as well. The manifest must be here. */
    void addHeld(HeldContent earlier) {
        held = earlier;
        lookedAt = cumulative;
        slide();
    }

    private void slide() {
        while (cumulative < plan.count()) {
            if (ring.get(cumulative & MASK)) {
                ring.clear(cumulative & MASK);
                cumulative++;
            } else {
                int next = endOfHeldRun(cumulative);
                if (next == cumulative) {
                    break;
                }
                skipTo(next);
            }
        }
        lookAhead();
    }

    private void skipTo(int next) {
        if (next - cumulative >= DirectLimits.HORIZON_CHUNKS) {
            ring.clear();
        } else {
            for (int chunk = cumulative; chunk < next; chunk++) {
                ring.clear(chunk & MASK);
            }
        }
        cumulative = next;
    }

    /** The first chunk from here on that no held run covers whole; a chunk that is not held itself is its own. */
    private int endOfHeldRun(int chunk) {
        if (plan.isManifest(chunk)) {
            return chunk;
        }
        long end = held.endOfRun(plan.offset(chunk));
        if (end >= plan.size()) {
            return plan.count();
        }
        return Math.max(chunk, plan.manifestChunks() + (int) (end / plan.chunkBytes()));
    }

    /** Held chunks that have come within the horizon count from now on. */
    private void lookAhead() {
        if (held == HeldContent.NONE) {
            return;
        }
        int end = (int) Math.min(plan.count(), (long) cumulative + DirectLimits.HORIZON_CHUNKS);
        int chunk = Math.max(lookedAt, cumulative);
        while (chunk < end) {
            int next = Math.min(end, endOfHeldRun(chunk));
            if (next > chunk) {
                for (; chunk < next; chunk++) {
                    ring.set(chunk & MASK);
                }
                highest = Math.max(highest, next - 1);
            } else {
                chunk++;
            }
        }
        lookedAt = end;
    }

    /** The bitmap of an ACK, most significant bit first, from the chunk behind the first missing one on; no zeros at its end. */
    void putBitmap(ByteBuffer out) {
        int bits = highest - cumulative;
        for (int i = 0; i < bits; i += Byte.SIZE) {
            int value = 0;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                int chunk = cumulative + 1 + i + bit;
                value = value << 1 | (chunk <= highest && ring.get(chunk & MASK) ? 1 : 0);
            }
            out.put((byte) value);
        }
    }
}
