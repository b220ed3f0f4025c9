package p101.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import p101.model.InvalidNameException;
import p101.model.PeerName;

/**
 * How our texts say where they begin and end and which ones they are, in characters that leave no trace on a terminal, so that a
 * published receiver shows the text alone: STX, text, ETX, then blanks and tabs, one for each bit. spec/DIRECT.md, section 2.2.
 */
final class TextMark {
    static final byte START = 0x02;
    static final byte END = 0x03;

    private static final byte ZERO = ' ';
    private static final byte ONE = '\t';
    private static final int FIXED_BYTES = Long.BYTES + 1 + Integer.BYTES;

    /** Characters of the longest tail, ETX included. */
    static final int MAX_TAIL_BYTES = 1 + Byte.SIZE * (FIXED_BYTES + PeerName.MAX_BYTES);

    private TextMark() {}

    /** What follows the text: ETX and the bits of id, name and checksum. */
    static byte[] tail(byte[] text, long id, PeerName sender) {
        byte[] name = sender.value().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + name.length);
        bytes.putLong(id).put((byte) name.length).put(name);
        bytes.putInt(checksum(text, text.length, 0, bytes.array(), bytes.position()));
        byte[] tail = new byte[1 + Byte.SIZE * bytes.capacity()];
        tail[0] = END;
        for (int i = 0; i < tail.length - 1; i++) {
            boolean one = (bytes.get(i / Byte.SIZE) >> 7 - i % Byte.SIZE & 1) != 0;
            tail[1 + i] = one ? ONE : ZERO;
        }
        return tail;
    }

    private static int checksum(byte[] text, int length, int from, byte[] head, int headLength) {
        CRC32C crc = new CRC32C();
        crc.update(text, from, length);
        crc.update(head, 0, headLength);
        return (int) crc.getValue();
    }

    /** The text between START at position 0 and a tail that ends at {@code length}; null when none ends there. */
    static IncomingText read(byte[] bytes, int length) {
        int end = length - 1;
        int least = Math.max(0, length - MAX_TAIL_BYTES);
        while (end >= least && (bytes[end] == ZERO || bytes[end] == ONE)) {
            end--;
        }
        int bits = length - 1 - end;
        if (end < 1 || bytes[end] != END || bits % Byte.SIZE != 0 || bits / Byte.SIZE < FIXED_BYTES) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(bits / Byte.SIZE);
        for (int i = 0; i < bits; i++) {
            int at = i / Byte.SIZE;
            head.put(at, (byte) (head.get(at) << 1 | (bytes[end + 1 + i] == ONE ? 1 : 0)));
        }
        return check(bytes, end, head);
    }

    private static IncomingText check(byte[] bytes, int end, ByteBuffer head) {
        int nameLength = head.capacity() - FIXED_BYTES;
        int checked = head.capacity() - Integer.BYTES;
        if (head.get(Long.BYTES) != nameLength
                || head.getInt(checked) != checksum(bytes, end - 1, 1, head.array(), checked)) {
            return null;
        }
        try {
            PeerName sender =
                    new PeerName(new String(head.array(), Long.BYTES + 1, nameLength, StandardCharsets.UTF_8));
            return new IncomingText(
                    true, head.getLong(0), sender, new String(bytes, 1, end - 1, StandardCharsets.UTF_8));
        } catch (InvalidNameException refused) {
            return null;
        }
    }
}
