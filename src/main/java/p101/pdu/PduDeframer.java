package p101.pdu;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of one TCP connection into frames of 101 bytes, however they arrive: heads (D, A, E) one by one, content in
 * bulk. It keeps a frame that has come in part, so that every input buffer can be used up. No object is made per frame. One connection,
 * one thread. spec/PDU.md, section 4.
 */
public final class PduDeframer {
    /** Why {@link #readContent} came back. */
    public enum Stop {
        /** All input is used up; more is needed. */
        NEEDS_INPUT,
        /** The block cannot take another frame. */
        BLOCK_FULL,
        /** As many bytes as wanted are there. */
        DONE,
        /** The next frame is not a C: fetch it with {@link #nextPdu}. */
        OTHER_TYPE
    }

    private static final int PAYLOAD = PduLayout.PAYLOAD_BYTES;
    private static final int FRAME = PduLayout.PDU_BYTES;
    private static final byte TYPE = PduType.CONTENT.code();

    /** A frame that has come in part, its position counts the bytes; or one whole frame that was not the C expected. */
    private final ByteBuffer begun = ByteBuffer.allocate(FRAME);

    /** The same bytes, as handed out. */
    private final ByteBuffer whole = begun.duplicate();

    /** Bytes of a frame that has come in part: at the end of a stream 0 says that nothing was cut off. */
    public int pendingBytes() {
        return begun.position();
    }

    /**
     * Takes one frame, of any type, out of the input.
     *
     * @param in position to limit are the bytes that came; its position moves past what was taken
     * @return the 101 bytes between position and limit, good until the next call of either method; {@code null} when the
     *     input is used up before the frame was whole
     */
    public ByteBuffer nextPdu(ByteBuffer in) {
        if (!complete(in)) {
            return null;
        }
        begun.clear();
        return whole.clear();
    }

    /**
     * Moves the payload of C frames to the block until there is one of the reasons to stop.
     *
     * @param in position to limit are the bytes that came; its position moves past what was taken
     * @param block payload is put at its position, which moves
     * @param wanted payload bytes still to come of this answer; what its last frame carries beyond is padding and dropped
     */
    public Stop readContent(ByteBuffer in, ByteBuffer block, long wanted) {
        long left = wanted;
        if (begun.position() > 0 && left > 0) {
            if (!hasRoom(block, left)) {
                return Stop.BLOCK_FULL;
            }
            if (!complete(in)) {
                return Stop.NEEDS_INPUT;
            }
            if (begun.get(0) != TYPE) {
                return Stop.OTHER_TYPE;
            }
            left -= take(begun, 0, block, left);
            begun.clear();
        }
        left -= takeFullFrames(in, block, left);
        if (left > 0 && left < PAYLOAD && isContentNext(in) && hasRoom(block, left)) {
            int from = in.position();
            left -= take(in, from, block, left);
            in.position(from + FRAME);
        }
        return stop(in, block, left);
    }

    private Stop stop(ByteBuffer in, ByteBuffer block, long left) {
        if (left == 0) {
            return Stop.DONE;
        }
        if (!hasRoom(block, left)) {
            return Stop.BLOCK_FULL;
        }
        return complete(in) ? Stop.OTHER_TYPE : Stop.NEEDS_INPUT;
    }

    /** The bulk path: as many full frames as input, block and the wanted bytes allow. Returns the payload bytes moved. */
    private static int takeFullFrames(ByteBuffer in, ByteBuffer block, long left) {
        int from = in.position();
        int to = block.position();
        int most = (int) Math.min(Math.min(in.remaining() / FRAME, block.remaining() / PAYLOAD), left / PAYLOAD);
        int taken = 0;
        while (taken < most && in.get(from) == TYPE) {
            block.put(to, in, from + 1, PAYLOAD);
            from += FRAME;
            to += PAYLOAD;
            taken++;
        }
        in.position(from);
        block.position(to);
        return taken * PAYLOAD;
    }

    /** Moves the payload of one frame, cut to what is wanted. */
    private static int take(ByteBuffer frame, int at, ByteBuffer block, long left) {
        int length = (int) Math.min(left, PAYLOAD);
        block.put(block.position(), frame, at + 1, length);
        block.position(block.position() + length);
        return length;
    }

    /** Fills up the frame that was begun; whether it is whole. */
    private boolean complete(ByteBuffer in) {
        int length = Math.min(begun.remaining(), in.remaining());
        begun.put(begun.position(), in, in.position(), length).position(begun.position() + length);
        in.position(in.position() + length);
        return !begun.hasRemaining();
    }

    private static boolean isContentNext(ByteBuffer in) {
        return in.remaining() >= FRAME && in.get(in.position()) == TYPE;
    }

    private static boolean hasRoom(ByteBuffer block, long left) {
        return block.remaining() >= Math.min(left, PAYLOAD);
    }
}
