package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Goes through the records of a hash cache in order, with large reads, up to the first one that is not sound. */
final class CacheScan {
    private static final int WINDOW_BYTES = 256 << 10;

    private final FileChannel file;
    private final long length;

    /** File bytes from {@link #windowOffset}; position to limit is what was not looked at yet. */
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);

    private long windowOffset;
    private int recordLength;

    CacheScan(FileChannel file, long from, long length) {
        this.file = file;
        this.windowOffset = from;
        this.length = length;
    }

    /** Where the next record would begin: right behind the last sound one. */
    long position() {
        return windowOffset + window.position();
    }

    /** Where the last record began. */
    long recordOffset() {
        return position() - recordLength;
    }

    /** Bytes of the last record, with its header. */
    int recordLength() {
        return recordLength;
    }

    /** The path of the next record; {@code null} at the end of what is sound. */
    String next() throws IOException {
        if (!fill(CacheRecord.HEADER_BYTES)) {
            return null;
        }
        int bodyLength = window.getInt(window.position());
        int checksum = window.getInt(window.position() + 4);
        if (bodyLength < CacheRecord.MIN_BODY_BYTES || bodyLength > CacheRecord.MAX_BODY_BYTES) {
            return null;
        }
        int whole = CacheRecord.HEADER_BYTES + bodyLength;
        if (position() + whole > length || !fill(whole)) {
            return null;
        }
        String path =
                CacheRecord.pathOf(window.slice(window.position() + CacheRecord.HEADER_BYTES, bodyLength), checksum);
        if (path != null) {
            window.position(window.position() + whole);
            recordLength = whole;
        }
        return path;
    }

    /** Makes so many bytes from the position on available. */
    private boolean fill(int wanted) throws IOException {
        if (window.remaining() >= wanted) {
            return true;
        }
        ByteBuffer larger = wanted > window.capacity() ? ByteBuffer.allocate(wanted) : window;
        windowOffset += window.position();
        if (larger == window) {
            window.compact();
        } else {
            larger.put(window);
            window = larger;
        }
        while (window.position() < wanted) {
            int count = file.read(window, windowOffset + window.position());
            if (count <= 0) {
                break;
            }
        }
        window.flip();
        return window.remaining() >= wanted;
    }
}
