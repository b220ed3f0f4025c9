package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The line that is coming in. Unlike a framer of complete lines it can be looked at before its end has come. It holds memory
 * only while a line is unfinished, and never more than the limit; of a longer line nothing is kept but that it is too long.
 */
final class LineBuffer {
    private static final int FIRST_CAPACITY = 128;
    private static final int BEGINNING_BYTES = 64;
    private static final byte[] EMPTY = {};

    private final int maxBytes;
    private byte[] bytes = EMPTY;
    private int length;
    private boolean tooLong;

    LineBuffer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes bytes up to and including the next LF, or all of them.
     *
     * @return whether the line is complete now
     */
    boolean take(ByteBuffer in) {
        int end = in.position();
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        boolean complete = end < in.limit();
        keep(in, end - in.position());
        if (complete) {
            in.get();
        }
        return complete;
    }

    private void keep(ByteBuffer in, int count) {
        // One byte of grace: it may be the CR of a CRLF.
        if (tooLong || length + count > maxBytes + 1) {
            forget();
            in.position(in.position() + count);
            return;
        }
        if (length + count > bytes.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(length + count, 2 * length));
            bytes = Arrays.copyOf(bytes, Math.min(capacity, maxBytes + 1));
        }
        in.get(bytes, length, count);
        length += count;
    }

    /** Keeps nothing of the line but that it is too long. */
    void forget() {
        tooLong = true;
        length = 0;
        bytes = EMPTY;
    }

    /** Memory that the line takes now. */
    int heldBytes() {
        return bytes.length;
    }

    /** What the line begins with: enough to know a header by its name, however long the line is. */
    String beginning() {
        return new String(bytes, 0, Math.min(length, BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
    }

    boolean isEmpty() {
        return length == 0 && !tooLong;
    }

    /** Bytes of the line so far; 0 when it is too long. */
    int length() {
        return length;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** What has come of the line so far; the line stays. */
    Line look() {
        return Line.of(bytes, length, tooLong);
    }

    void clear() {
        bytes = EMPTY;
        length = 0;
        tooLong = false;
    }
}
