package p101.index;

import java.nio.ByteBuffer;
import p101.pdu.PduLayout;

/** Buffers for many datagrams in one piece of memory. */
final class Slices {
    /** One byte more than a PDU: a longer datagram is cut to it and seen to be too long. */
    static final int BYTES = PduLayout.PDU_BYTES + 1;

    /** Two lines of the cache, so that no slice shares one with its neighbour. */
    private static final int STRIDE_BYTES = 128;

    private Slices() {}

    /** So many direct buffers of {@link #BYTES} bytes. */
    static ByteBuffer[] of(int count) {
        ByteBuffer whole = ByteBuffer.allocateDirect(count * STRIDE_BYTES);
        ByteBuffer[] slices = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            slices[i] = whole.slice(i * STRIDE_BYTES, BYTES);
        }
        return slices;
    }
}
