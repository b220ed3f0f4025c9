package p101.loop;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream into lines that end in LF or CRLF, whatever pieces it comes in. A CR elsewhere belongs to its line. It holds
 * memory only for an unfinished line, and never more than the limit. One thread.
 */
public final class LineFramer {
    private static final int FIRST_CAPACITY = 128;

    private static final byte[] EMPTY = {};

    private final int maxLineBytes;
    private byte[] unfinished = EMPTY;
    private int length;
    private boolean crlf;

    /**
     * @param maxLineBytes most bytes of a line, its end not counted; 1 or more
     */
    public LineFramer(int maxLineBytes) {
        if (maxLineBytes < 1) {
            throw new IllegalArgumentException("a line has room for 1 byte or more");
        }
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Takes bytes up to the next end of line.
     *
     * @return the line without its end, or {@code null} when all bytes were taken and the line is not complete yet
     * @throws LineTooLongException when the line passes the limit; the framer is then of no more use
     */
    public byte[] next(ByteBuffer in) throws LineTooLongException {
        int end = in.position();
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        boolean complete = end < in.limit();
        keep(in, end - in.position());
        if (!complete) {
            return null;
        }
        in.get();
        crlf = length > 0 && unfinished[length - 1] == '\r';
        int lineLength = crlf ? length - 1 : length;
        check(lineLength);
        byte[] line = Arrays.copyOf(unfinished, lineLength);
        unfinished = EMPTY;
        length = 0;
        return line;
    }

    /** Whether the last line ended in CRLF; for those who answer in the other side's own manner. */
    public boolean lastLineEndedInCrlf() {
        return crlf;
    }

    /** Bytes of the unfinished line. */
    public int pendingBytes() {
        return length;
    }

    /** Takes the unfinished line as it is, for a stream that ends, or pauses, without an end of line. */
    public byte[] takePending() {
        byte[] rest = Arrays.copyOf(unfinished, length);
        unfinished = EMPTY;
        length = 0;
        return rest;
    }

    private void keep(ByteBuffer in, int count) throws LineTooLongException {
        // One byte of grace: it may be the CR of a CRLF.
        check(length + count - 1);
        if (length + count > unfinished.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(length + count, 2 * length));
            unfinished = Arrays.copyOf(unfinished, Math.min(capacity, maxLineBytes + 1));
        }
        in.get(unfinished, length, count);
        length += count;
    }

    private void check(int lineBytes) throws LineTooLongException {
        if (lineBytes > maxLineBytes) {
            throw new LineTooLongException(maxLineBytes);
        }
    }
}
