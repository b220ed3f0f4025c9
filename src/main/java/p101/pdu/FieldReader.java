package p101.pdu;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Root;

/**
 * The only place where bytes of a PDU become values. {@code base} is the position of the type byte in the buffer, which is
 * big-endian and holds the whole PDU: the one check of the length has been made before.
 */
final class FieldReader {
    /** The lowest, and the highest, bit of each of eight bytes. */
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private FieldReader() {}

    static int u8(ByteBuffer bytes, int base, PduField field) {
        return bytes.get(base + field.offset()) & 0xFF;
    }

    static int u16(ByteBuffer bytes, int base, PduField field) {
        return bytes.getShort(base + field.offset()) & 0xFFFF;
    }

    /** Unsigned, as the 32 bits of an int. */
    static int u32(ByteBuffer bytes, int base, PduField field) {
        return bytes.getInt(base + field.offset());
    }

    static long u48(ByteBuffer bytes, int base, PduField field) {
        int at = base + field.offset();
        return (bytes.getShort(at) & 0xFFFFL) << 32 | bytes.getInt(at + Short.BYTES) & 0xFFFF_FFFFL;
    }

    static long bits64(ByteBuffer bytes, int base, PduField field) {
        return bytes.getLong(base + field.offset());
    }

    static Root root(ByteBuffer bytes, int base, PduField field) {
        return Root.read(bytes, base + field.offset());
    }

    static byte[] raw(ByteBuffer bytes, int base, PduField field) {
        byte[] raw = new byte[field.length()];
        bytes.get(base + field.offset(), raw);
        return raw;
    }

    /** 16 bytes of IPv6; the JDK makes a v4-mapped one an IPv4 address. */
    static InetAddress address(ByteBuffer bytes, int base, PduField field) {
        try {
            return InetAddress.getByAddress(raw(bytes, base, field));
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are always an address", e);
        }
    }

    static PeerName peerName(ByteBuffer bytes, int base, PduField field) throws PduException {
        String text = text(bytes, base, field);
        if (text.isEmpty()) {
            return PeerName.NONE;
        }
        try {
            return new PeerName(text);
        } catch (InvalidNameException e) {
            throw new PduException(PduReason.NAME, field, e.getMessage());
        }
    }

    static FileName fileName(ByteBuffer bytes, int base, PduField field) throws PduException {
        String text = text(bytes, base, field);
        if (text.isEmpty()) {
            return FileName.NONE;
        }
        try {
            return new FileName(text);
        } catch (InvalidNameException e) {
            throw new PduException(PduReason.NAME, field, e.getMessage());
        }
    }

    /** UTF-8 up to the first NUL or the end of the field; all that follows a NUL must be NUL. */
    static String text(ByteBuffer bytes, int base, PduField field) throws PduException {
        int start = base + field.offset();
        int limit = base + field.end();
        int end = start;
        long anyBit = 0;
        while (end + Long.BYTES <= limit) {
            long eight = bytes.getLong(end);
            if (hasZero(eight)) {
                break;
            }
            anyBit |= eight & HIGH_BITS;
            end += Long.BYTES;
        }
        while (end < limit) {
            byte b = bytes.get(end);
            if (b == 0) {
                break;
            }
            anyBit |= b & HIGH_BITS;
            end++;
        }
        if (!isZero(bytes, end, limit)) {
            throw new PduException(PduReason.TEXT, field, "it goes on after a zero byte");
        }
        if (end == start) {
            return "";
        }
        byte[] raw = new byte[end - start];
        bytes.get(start, raw);
        return anyBit == 0 ? new String(raw, StandardCharsets.ISO_8859_1) : utf8(raw, field);
    }

    /** Whether one of the eight bytes is 0: only from such a byte, or from above one, does the subtraction borrow. */
    private static boolean hasZero(long eight) {
        return (eight - LOW_BITS & ~eight & HIGH_BITS) != 0;
    }

    /** Refuses what is not UTF-8: the JDK puts U+FFFD for it, so that the text no longer gives the same bytes. */
    private static String utf8(byte[] raw, PduField field) throws PduException {
        String text = new String(raw, StandardCharsets.UTF_8);
        if (!Arrays.equals(raw, text.getBytes(StandardCharsets.UTF_8))) {
            throw new PduException(PduReason.TEXT, field, "it is not UTF-8");
        }
        return text;
    }

    private static boolean isZero(ByteBuffer bytes, int from, int limit) {
        int at = from;
        while (at + Long.BYTES <= limit) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        while (at < limit) {
            if (bytes.get(at) != 0) {
                return false;
            }
            at++;
        }
        return true;
    }
}
