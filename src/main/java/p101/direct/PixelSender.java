package p101.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A picture in the published form, for published receivers: one datagram, one answer, the next. Pure. A datagram that gets no
 * answer is sent again; when its double arrives, a published receiver has that pixel twice, which is how the form is.
 * spec/DIRECT.md, section 9. One thread.
 */
final class PixelSender implements Sender {
    static final long FIRST_WAIT_NANOS = 500_000_000L;
    static final long MOST_WAIT_NANOS = 4_000_000_000L;

    /** The receiver may think about the name for so long; any other datagram is answered sooner. */
    static final long PATIENCE_NANOS = 120_000_000_000L;

    static final long PIXEL_PATIENCE_NANOS = 30_000_000_000L;

    private final byte[] name;
    private final Picture picture;
    private final DatagramOut out;
    private final SendListener listener;
    private int next = -1;
    private long sentNanos;
    private long answeredNanos;
    private long waitNanos = FIRST_WAIT_NANOS;
    private boolean over;
    private long sentBytes;
    private long sentDatagrams;

    PixelSender(String name, Picture picture, DatagramOut out, SendListener listener) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
        this.picture = picture;
        this.out = out;
        this.listener = listener;
    }

    @Override
    public void start(long nowNanos) {
        answeredNanos = nowNanos;
        send(nowNanos);
    }

    private void send(long nowNanos) {
        ByteBuffer datagram = datagram();
        sentNanos = nowNanos;
        sentBytes += datagram.remaining();
        sentDatagrams++;
        out.send(datagram);
    }

    private ByteBuffer datagram() {
        int[] rgb = picture.rgb();
        if (next < 0) {
            return ByteBuffer.wrap(name);
        }
        if (next == rgb.length) {
            return ByteBuffer.wrap("finish".getBytes(StandardCharsets.US_ASCII));
        }
        int colour = rgb[next];
        ByteBuffer pixel = ByteBuffer.allocate(3 + next % picture.width());
        pixel.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        return pixel.position(0);
    }

    /** Any datagram from the receiver is the answer. */
    @Override
    public void onDatagram(ByteBuffer answer, long nowNanos) {
        if (over) {
            return;
        }
        if (next < 0) {
            listener.onBegun();
        }
        next++;
        answeredNanos = nowNanos;
        waitNanos = FIRST_WAIT_NANOS;
        if (next > picture.rgb().length) {
            end(SendEnd.Kind.STORED, null);
        } else {
            listener.onProgress(next, picture.rgb().length);
            send(nowNanos);
        }
    }

    private void end(SendEnd.Kind kind, DirectReason reason) {
        over = true;
        listener.onEnd(new SendEnd(kind, reason, sentBytes, sentDatagrams));
    }

    boolean hasEnded() {
        return over;
    }

    @Override
    public void cancel() {
        if (!over) {
            end(SendEnd.Kind.BROKEN, DirectReason.CANCELLED);
        }
    }

    @Override
    public long waitNanos(long nowNanos) {
        return over ? FileSender.NO_TIMER : Math.max(0, sentNanos + waitNanos - nowNanos);
    }

    @Override
    public void onTimer(long nowNanos) {
        if (over || nowNanos - sentNanos < waitNanos) {
            return;
        }
        if (nowNanos - answeredNanos >= (next < 0 ? PATIENCE_NANOS : PIXEL_PATIENCE_NANOS)) {
            end(next < 0 ? SendEnd.Kind.NO_ANSWER : SendEnd.Kind.BROKEN, DirectReason.SILENCE);
        } else {
            waitNanos = Math.min(MOST_WAIT_NANOS, 2 * waitNanos);
            send(nowNanos);
        }
    }
}
