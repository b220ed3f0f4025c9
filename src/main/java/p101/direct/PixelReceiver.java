package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures in the published form: the name, then for each pixel three bytes of colour and as many zeros as its column says, then
 * {@code finish}; every datagram is answered, and the sender waits for that. Pure. spec/DIRECT.md, section 9. One thread.
 */
final class PixelReceiver {
    /** A picture that does not go on is dropped; also one about which nobody decides. */
    static final long SILENCE_NANOS = 120_000_000_000L;

    private static final byte[] FINISH = "finish".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANSWER = "ACK".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME_BYTES = 255;
    private static final int COLOUR_BYTES = 3;
    private static final int MAX_FINISHED = 64;

    private final PictureHost host;
    private final ReplyOut out;
    private final Map<InetSocketAddress, Transfer> running = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Boolean> finished = new LinkedHashMap<>();

    PixelReceiver(PictureHost host, ReplyOut out) {
        this.host = host;
        this.out = out;
    }

    /** A datagram that is none of our own protocol came. */
    void onDatagram(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if (bytes.length == 0 || from.getPort() == 0 || from.getAddress().isMulticastAddress()) {
            return;
        }
        Transfer transfer = running.get(from);
        if (transfer != null) {
            transfer.onDatagram(bytes, nowNanos);
        } else if (Arrays.equals(bytes, FINISH)) {
            if (finished.containsKey(from)) {
                answer(bytes.length, from);
            }
        } else if (bytes.length <= MAX_NAME_BYTES
                && !isPixel(bytes)
                && running.size() < DirectLimits.MAX_PIXEL_TRANSFERS) {
            begin(bytes, from, nowNanos);
        }
    }

    private void begin(byte[] name, InetSocketAddress from, long nowNanos) {
        Transfer transfer = new Transfer(name, from, nowNanos);
        running.put(from, transfer);
        finished.remove(from);
        host.onPicture(transfer);
    }

    /** Whether it can only be a pixel: a name has no zeros and is text. */
    private static boolean isPixel(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && b < ' ') {
                return true;
            }
        }
        return bytes.length == COLOUR_BYTES && new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0;
    }

    /** Never more than what came: nobody has proved his address here. */
    private void answer(int receivedBytes, InetSocketAddress to) {
        out.send(ByteBuffer.wrap(ANSWER, 0, Math.min(ANSWER.length, receivedBytes)), to);
    }

    long waitNanos(long nowNanos) {
        long wait = FileSender.NO_TIMER;
        for (Transfer transfer : running.values()) {
            wait = Math.min(wait, Math.max(0, transfer.heardNanos + SILENCE_NANOS - nowNanos));
        }
        return wait;
    }

    void onTimer(long nowNanos) {
        for (Transfer transfer : new ArrayList<>(running.values())) {
            if (nowNanos - transfer.heardNanos >= SILENCE_NANOS) {
                transfer.fail("it was not sent to its end");
                if (transfer.handler == null) {
                    host.onPictureGone(transfer);
                }
            }
        }
    }

    void close() {
        new ArrayList<>(running.values()).forEach(transfer -> transfer.fail("receiving has ended"));
    }

    private final class Transfer implements PictureOffer {
        private final byte[] nameBytes;
        private final InetSocketAddress from;
        private final List<int[]> rows = new ArrayList<>();
        private long heardNanos;
        private PictureHandler handler;
        private int[] row = new int[64];
        private int rowLength;
        private int lastColumn = -1;
        private int lastColour;
        private int width;
        private int pixels;

        Transfer(byte[] nameBytes, InetSocketAddress from, long nowNanos) {
            this.nameBytes = nameBytes;
            this.from = from;
            this.heardNanos = nowNanos;
        }

        @Override
        public String name() {
            return new String(nameBytes, StandardCharsets.UTF_8);
        }

        @Override
        public InetSocketAddress from() {
            return from;
        }

        @Override
        public boolean isOpen() {
            return handler == null && running.get(from) == this;
        }

        @Override
        public void accept(PictureHandler who) {
            if (isOpen()) {
                handler = who;
                answer(nameBytes.length, from);
            } else {
                who.onFailed("its sender has given up");
            }
        }

        @Override
        public void refuse() {
            if (isOpen()) {
                running.remove(from);
            }
        }

        void onDatagram(byte[] bytes, long nowNanos) {
            heardNanos = nowNanos;
            if (handler == null) {
                return; // The sender waits for the answer to its name.
            }
            if (pixels == 0 && Arrays.equals(bytes, nameBytes)) {
                answer(bytes.length, from);
            } else if (Arrays.equals(bytes, FINISH)) {
                answer(bytes.length, from);
                finish();
            } else if (isOfPicture(bytes)) {
                if (add(bytes)) {
                    answer(bytes.length, from);
                }
            }
        }

        private boolean isOfPicture(byte[] bytes) {
            if (bytes.length < COLOUR_BYTES || bytes.length - COLOUR_BYTES > DirectLimits.MAX_PIXEL_COLUMNS) {
                return false;
            }
            for (int i = COLOUR_BYTES; i < bytes.length; i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        /** False when the picture has become too large, and is over. */
        private boolean add(byte[] bytes) {
            int column = bytes.length - COLOUR_BYTES;
            int colour = (bytes[0] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
            if (column == lastColumn && colour == lastColour) {
                return true; // The same again: its answer was lost.
            }
            if (column <= lastColumn) {
                endRow();
            }
            lastColumn = column;
            lastColour = colour;
            width = Math.max(width, column + 1);
            if ((long) width * (rows.size() + 1) > DirectLimits.MAX_PIXELS) {
                fail("it has more than " + DirectLimits.MAX_PIXELS + " pixels");
                return false;
            }
            if (column >= row.length) {
                row = Arrays.copyOf(row, Math.max(column + 1, 2 * row.length));
            }
            row[column] = colour;
            rowLength = column + 1;
            handler.onProgress(++pixels);
            return true;
        }

        private void endRow() {
            rows.add(Arrays.copyOf(row, rowLength));
            Arrays.fill(row, 0);
            rowLength = 0;
        }

        private void finish() {
            running.remove(from);
            if (finished.size() >= MAX_FINISHED) {
                finished.remove(finished.keySet().iterator().next());
            }
            finished.put(from, true);
            if (pixels == 0) {
                handler.onFailed("it has no pixel");
                return;
            }
            endRow();
            int[] rgb = new int[width * rows.size()];
            for (int y = 0; y < rows.size(); y++) {
                System.arraycopy(rows.get(y), 0, rgb, y * width, rows.get(y).length);
            }
            handler.onPicture(new Picture(width, rows.size(), rgb));
        }

        void fail(String why) {
            running.remove(from);
            if (handler != null) {
                handler.onFailed(why);
            }
        }
    }
}
