package p101.content;

import java.nio.ByteBuffer;
import java.util.Arrays;
import p101.pdu.PduLayout;

/**
 * The PDUs that a connection has sent and that were not looked at yet, as raw bytes: whole ones, and perhaps the beginning of
 * the next. It holds no memory while it is empty.
 */
final class RequestQueue {
    private static final int FRAME = PduLayout.PDU_BYTES;
    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    /**
     * @param maxRequests most PDUs that it holds
     */
    RequestQueue(int maxRequests) {
        this.maxBytes = maxBytes(maxRequests);
    }

    static int maxBytes(int requests) {
        return requests * FRAME;
    }

    /** Bytes held. */
    int size() {
        return end - start;
    }

    /** Whole PDUs held. */
    int requests() {
        return size() / FRAME;
    }

    /** Whether the last PDU has begun and is not whole. */
    boolean endsInTheMiddle() {
        return size() % FRAME != 0;
    }

    /**
     * Takes all of the bytes.
     *
     * @throws IllegalStateException when there is no room; who reads must not read more than there is room for
     */
    void add(ByteBuffer in) {
        int count = in.remaining();
        if (size() + count > maxBytes) {
            throw new IllegalStateException("more was read than there is room for");
        }
        if (end + count > bytes.length) {
            int needed = size() + count;
            byte[] target =
                    needed <= bytes.length ? bytes : new byte[Math.min(maxBytes, Math.max(2 * FRAME, 2 * needed))];
            System.arraycopy(bytes, start, target, 0, size());
            end -= start;
            start = 0;
            bytes = target;
        }
        in.get(bytes, end, count);
        end += count;
    }

    /** The type byte of the next PDU, whole or not. */
    byte nextType() {
        return bytes[start];
    }

    /** Removes the next PDU, which must be whole. */
    ByteBuffer take() {
        ByteBuffer request = ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, start + FRAME));
        start += FRAME;
        if (start == end) {
            clear();
        }
        return request;
    }

    void clear() {
        bytes = NOTHING;
        start = 0;
        end = 0;
    }
}
