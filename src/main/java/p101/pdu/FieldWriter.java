package p101.pdu;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import p101.model.Root;

/**
 * The only place where values become bytes of a PDU. {@code base} is the position of the type byte in the buffer, which is
 * big-endian and has room for the whole PDU; {@link #clear} comes first, so that padding and reserved bytes are 0.
 */
final class FieldWriter {
    private static final int MAX_U8 = 0xFF;
    private static final int MAX_U16 = 0xFFFF;
    static final long MAX_U48 = (1L << 48) - 1;
    private static final int IPV4_BYTES = 4;

    private FieldWriter() {}

    /** Sets all 101 bytes to 0. */
    static void clear(ByteBuffer bytes, int base) {
        int end = base + PduLayout.PDU_BYTES;
        int at = base;
        while (at + Long.BYTES <= end) {
            bytes.putLong(at, 0);
            at += Long.BYTES;
        }
        while (at < end) {
            bytes.put(at, (byte) 0);
            at++;
        }
    }

    static void u8(ByteBuffer bytes, int base, PduField field, int value) {
        check(value, MAX_U8, field);
        bytes.put(base + field.offset(), (byte) value);
    }

    static void u16(ByteBuffer bytes, int base, PduField field, int value) {
        check(value, MAX_U16, field);
        bytes.putShort(base + field.offset(), (short) value);
    }

    static void u32(ByteBuffer bytes, int base, PduField field, int value) {
        bytes.putInt(base + field.offset(), value);
    }

    static void u48(ByteBuffer bytes, int base, PduField field, long value) {
        check(value, MAX_U48, field);
        int at = base + field.offset();
        bytes.putShort(at, (short) (value >>> 32));
        bytes.putInt(at + Short.BYTES, (int) value);
    }

    static void bits64(ByteBuffer bytes, int base, PduField field, long value) {
        bytes.putLong(base + field.offset(), value);
    }

    static void root(ByteBuffer bytes, int base, PduField field, Root value) {
        value.write(bytes, base + field.offset());
    }

    static void raw(ByteBuffer bytes, int base, PduField field, byte[] value) {
        if (value.length != field.length()) {
            throw new IllegalArgumentException(field.name() + " has " + field.length() + " bytes, not " + value.length);
        }
        bytes.put(base + field.offset(), value);
    }

    /** IPv6 as it is, IPv4 behind {@code ::ffff:}. */
    static void address(ByteBuffer bytes, int base, PduField field, InetAddress value) {
        byte[] raw = value.getAddress();
        int at = base + field.end() - raw.length;
        if (raw.length == IPV4_BYTES) {
            bytes.putShort(at - Short.BYTES, (short) -1);
        }
        bytes.put(at, raw);
    }

    static void text(ByteBuffer bytes, int base, PduField field, String value) {
        int length = value.length();
        int start = base + field.offset();
        if (length <= field.length()) {
            int at = 0;
            while (at < length) {
                char c = value.charAt(at);
                if (c == 0 || c >= 0x80) {
                    break;
                }
                bytes.put(start + at, (byte) c);
                at++;
            }
            if (at == length) {
                return;
            }
        }
        utf8(bytes, start, field, value);
    }

    private static void utf8(ByteBuffer bytes, int start, PduField field, String value) {
        byte[] raw = value.getBytes(StandardCharsets.UTF_8);
        if (raw.length > field.length()) {
            throw new IllegalArgumentException(
                    field.name() + " has at most " + field.length() + " bytes of UTF-8, not " + raw.length);
        }
        if (value.indexOf(0) >= 0) {
            throw new IllegalArgumentException(field.name() + " may not hold a NUL");
        }
        bytes.put(start, raw);
    }

    private static void check(long value, long max, PduField field) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field.name() + " is 0 to " + max + ", not " + value);
        }
    }
}
