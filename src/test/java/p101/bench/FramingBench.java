package p101.bench;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;
import p101.pdu.PduDeframer;
import p101.pdu.PduFramer;

/**
 * How fast content becomes C frames and back, on one core, in GB/s of payload: blocks of 409,600 bytes one way, wire reads of
 * 256 KiB the other, direct buffers, every type byte set and checked. Prints the median and the best of the rounds.
 */
public final class FramingBench {
    private static final int ROUNDS = 15;
    private static final int BLOCKS_PER_ROUND = 4_000;
    private static final int WIRE_READ_BYTES = 256 * 1024;

    private FramingBench() {}

    public static void main(String[] arguments) {
        ByteBuffer payload = ByteBuffer.allocateDirect(PduFramer.BLOCK_BYTES);
        new SplittableRandom(1).ints(payload.capacity() / Integer.BYTES).forEach(payload::putInt);
        ByteBuffer wire = ByteBuffer.allocateDirect(PduFramer.BLOCK_WIRE_BYTES);
        double[] framed = new double[ROUNDS];
        double[] deframed = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            framed[round] = frame(payload, wire);
            deframed[round] = deframe(wire, payload);
        }
        print("framing 100 -> 101", framed);
        print("deframing 101 -> 100", deframed);
    }

    private static double frame(ByteBuffer payload, ByteBuffer wire) {
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS_PER_ROUND; i++) {
            PduFramer.frame(payload.clear(), wire.clear());
        }
        return gigabytesPerSecond((long) BLOCKS_PER_ROUND * PduFramer.BLOCK_BYTES, System.nanoTime() - begin);
    }

    /** As a connection does: reads that end anywhere in a frame, blocks that end anywhere in a read. */
    private static double deframe(ByteBuffer wire, ByteBuffer expected) {
        ByteBuffer block = ByteBuffer.allocateDirect(PduFramer.BLOCK_BYTES);
        PduDeframer deframer = new PduDeframer();
        long total = (long) BLOCKS_PER_ROUND * PduFramer.BLOCK_BYTES;
        long moved = 0;
        wire.clear();
        long begin = System.nanoTime();
        while (moved < total) {
            wire.limit(Math.min(wire.capacity(), wire.position() + WIRE_READ_BYTES));
            while (wire.hasRemaining()) {
                int before = block.position();
                PduDeframer.Stop stop = deframer.readContent(wire, block, total - moved);
                moved += block.position() - before;
                if (stop == PduDeframer.Stop.BLOCK_FULL) {
                    block.clear();
                } else if (stop != PduDeframer.Stop.NEEDS_INPUT) {
                    break;
                }
            }
            if (wire.position() == wire.capacity()) {
                wire.clear();
            }
        }
        long nanos = System.nanoTime() - begin;
        if (!block.flip().equals(expected.clear())) {
            throw new IllegalStateException("deframing changed the bytes");
        }
        return gigabytesPerSecond(total, nanos);
    }

    private static double gigabytesPerSecond(long bytes, long nanos) {
        return (double) bytes / nanos;
    }

    private static void print(String what, double[] rounds) {
        java.util.Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "%-22s %6.2f GB/s (median), %6.2f GB/s (best)%n",
                what,
                rounds[rounds.length / 2],
                rounds[rounds.length - 1]);
    }
}
