package p101.pdu;

import java.nio.ByteBuffer;

/**
 * Content into C frames, in bulk: 100 bytes of payload become a type byte and those 100 bytes. It makes no object and no system call per
 * frame; with direct buffers on both sides the bytes never touch the heap. Stateless; the buffers belong to the caller's
 * thread. spec/PDU.md, section 4.3.
 */
public final class PduFramer {
    /**
     * Payload bytes that servers read and downloaders collect at once: 4096 frames and 25 leaves of 16 KiB, so that neither a
     * frame nor a leaf of a range that begins at a leaf straddles two blocks.
     */
    public static final int BLOCK_BYTES = 409_600;

    /** Bytes on the wire of a full block. */
    public static final int BLOCK_WIRE_BYTES = BLOCK_BYTES / PduLayout.PAYLOAD_BYTES * PduLayout.PDU_BYTES;

    private static final int PAYLOAD = PduLayout.PAYLOAD_BYTES;
    private static final int FRAME = PduLayout.PDU_BYTES;
    private static final byte TYPE = PduType.CONTENT.code();

    private PduFramer() {}

    /**
     * How many C carry so many bytes: {@code ceil(length / 100)}.
     *
     * @param length 0 to 2^48 - 1
     */
    public static long framesFor(long length) {
        return (length + PAYLOAD - 1) / PAYLOAD;
    }

    /**
     * Bytes on the wire of the C that carry so many bytes.
     *
     * @param length 0 to 2^48 - 1
     */
    public static long wireBytesFor(long length) {
        return framesFor(length) * FRAME;
    }

    /**
     * Frames the payload between position and limit into {@code wire} at its position, and moves both positions past what
     * was taken. A last frame that is not full is padded with zeros: so only the end of an answer may leave one.
     *
     * @throws java.nio.BufferOverflowException when the frames do not fit; nothing is moved then
     */
    public static void frame(ByteBuffer payload, ByteBuffer wire) {
        int length = payload.remaining();
        if (wireBytesFor(length) > wire.remaining()) {
            throw new java.nio.BufferOverflowException();
        }
        int from = payload.position();
        int to = wire.position();
        int fullFrames = length / PAYLOAD;
        for (int i = 0; i < fullFrames; i++) {
            wire.put(to, TYPE);
            wire.put(to + 1, payload, from, PAYLOAD);
            from += PAYLOAD;
            to += FRAME;
        }
        int rest = length - fullFrames * PAYLOAD;
        if (rest > 0) {
            FieldWriter.clear(wire, to);
            wire.put(to, TYPE);
            wire.put(to + 1, payload, from, rest);
            to += FRAME;
        }
        payload.position(payload.limit());
        wire.position(to);
    }
}
