package p101.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Bytes that wait for a socket: bounded, and without any memory while nothing waits. */
final class WriteQueue {
    private static final int FIRST_CAPACITY = 1024;

    private final int maxBytes;
    /** Readable from position to limit; {@code null} while empty. */
    private ByteBuffer waiting;

    WriteQueue(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean isEmpty() {
        return waiting == null;
    }

    int size() {
        return waiting == null ? 0 : waiting.remaining();
    }

    /** Copies all of the bytes, or none when the limit would be passed. */
    boolean add(ByteBuffer bytes) {
        int total = size() + bytes.remaining();
        if (total > maxBytes) {
            return false;
        }
        if (total == size()) {
            return true;
        }
        makeRoom(total);
        int start = waiting.position();
        waiting.position(waiting.limit());
        waiting.limit(waiting.position() + bytes.remaining());
        waiting.put(bytes);
        waiting.position(start);
        return true;
    }

    /** Makes room behind the waiting bytes for {@code total} in all. */
    private void makeRoom(int total) {
        if (waiting == null) {
            waiting = ByteBuffer.allocate(Math.max(FIRST_CAPACITY, total)).limit(0);
        } else if (waiting.position() + total > waiting.capacity()) {
            ByteBuffer target =
                    total <= waiting.capacity() ? waiting : ByteBuffer.allocate(Math.min(maxBytes, 2 * total));
            int size = size();
            if (target == waiting) {
                waiting.compact();
            } else {
                target.put(waiting);
            }
            waiting = target.position(0).limit(size);
        }
    }

    /**
     * Writes what the channel takes.
     *
     * @return bytes written
     */
    int flush(WritableByteChannel channel) throws IOException {
        if (waiting == null) {
            return 0;
        }
        int written = channel.write(waiting);
        if (!waiting.hasRemaining()) {
            waiting = null;
        }
        return written;
    }

    void clear() {
        waiting = null;
    }
}
