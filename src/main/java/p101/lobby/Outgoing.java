package p101.lobby;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Lines that wait to be written to one member. They are shared by all who get them. One thread. */
final class Outgoing {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();
    private int bytes;

    boolean isEmpty() {
        return lines.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    void add(byte[] line) {
        lines.add(line);
        bytes += line.length;
    }

    /** All of them, for one write. */
    byte[] take() {
        byte[] all = new byte[bytes];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
        }
        clear();
        return all;
    }

    void clear() {
        lines.clear();
        bytes = 0;
    }

    /** As it goes on the wire: with the line end that the member uses itself. */
    static ByteBuffer wire(byte[] text, boolean crlf) {
        if (!crlf) {
            return ByteBuffer.wrap(text);
        }
        int ends = 0;
        for (byte b : text) {
            ends += b == LF ? 1 : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(text.length + ends);
        for (byte b : text) {
            if (b == LF) {
                out.put(CR);
            }
            out.put(b);
        }
        return out.flip();
    }
}
