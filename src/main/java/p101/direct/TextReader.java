package p101.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import p101.model.PeerName;

/**
 * One text as it comes in pieces: pure, bytes and time in. A marked text is over at its mark and nowhere else, so a piece of it is
 * never taken for the whole; any other is over at the end of the stream or at a silence, since published senders wait for the
 * answer and say nothing. spec/DIRECT.md, section 2. One thread.
 */
final class TextReader {
    /** A published text is over after so long without a byte. */
    static final long SILENCE_NANOS = 400_000_000L;

    /** No text takes longer. */
    static final long MOST_NANOS = 30_000_000_000L;

    private static final int MAX_BYTES = DirectLimits.MAX_TEXT_BYTES + 1 + TextMark.MAX_TAIL_BYTES;

    enum Status {
        MORE,
        WHOLE,
        /** Too long, or cut off: there will be no text. */
        BROKEN
    }

    private final long beganNanos;
    private byte[] bytes = new byte[1024];
    private int length;
    private long lastNanos;
    private Status status = Status.MORE;
    private IncomingText text;

    TextReader(long nowNanos) {
        beganNanos = nowNanos;
        lastNanos = nowNanos;
    }

    Status onBytes(ByteBuffer in, long nowNanos) {
        lastNanos = nowNanos;
        while (in.hasRemaining() && status == Status.MORE) {
            int count = Math.min(in.remaining(), MAX_BYTES - length);
            if (count == 0) {
                status = Status.BROKEN;
                break;
            }
            ensure(length + count);
            in.get(bytes, length, count);
            length += count;
        }
        in.position(in.limit());
        if (status == Status.MORE && isMarked()) {
            take(TextMark.read(bytes, length));
        }
        return status;
    }

    private void ensure(int wanted) {
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(wanted, 2 * bytes.length)));
        }
    }

    private boolean isMarked() {
        return length > 0 && bytes[0] == TextMark.START;
    }

    private void take(IncomingText whole) {
        if (whole != null) {
            text = whole;
            status = Status.WHOLE;
        }
    }

    Status onEndOfInput() {
        if (status == Status.MORE) {
            endWithoutMark();
        }
        return status;
    }

    private void endWithoutMark() {
        if (isMarked() || length == 0 || length > DirectLimits.MAX_TEXT_BYTES) {
            status = Status.BROKEN;
        } else {
            take(new IncomingText(false, 0, PeerName.NONE, new String(bytes, 0, length, StandardCharsets.UTF_8)));
        }
    }

    long waitNanos(long nowNanos) {
        long wait = beganNanos + MOST_NANOS - nowNanos;
        if (length > 0 && !isMarked()) {
            wait = Math.min(wait, lastNanos + SILENCE_NANOS - nowNanos);
        }
        return Math.max(0, wait);
    }

    Status onTimer(long nowNanos) {
        if (status == Status.MORE) {
            if (length > 0 && !isMarked() && nowNanos - lastNanos >= SILENCE_NANOS) {
                endWithoutMark();
            } else if (nowNanos - beganNanos >= MOST_NANOS) {
                status = Status.BROKEN;
            }
        }
        return status;
    }

    /** The text once it is whole. */
    IncomingText text() {
        return text;
    }
}
