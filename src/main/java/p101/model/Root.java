package p101.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A pieces root as in BitTorrent v2 (BEP 52): 32 bytes, the top of a Merkle tree of SHA-256 over leaves of 16 KiB. For an
 * empty file it is SHA-256 of nothing. Held as four big-endian longs, so that it is a value with no array to guard.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record Root(long a, long b, long c, long d) {
    /** Bytes of a root. */
    public static final int BYTES = 32;

    /** No root, "any": 32 zero bytes. */
    public static final Root NONE = new Root(0, 0, 0, 0);

    /**
     * Reads 32 bytes, big-endian, at an absolute position.
     *
     * @throws IndexOutOfBoundsException when fewer remain
     */
    public static Root read(ByteBuffer bytes, int offset) {
        return new Root(
                bytes.getLong(offset),
                bytes.getLong(offset + 8),
                bytes.getLong(offset + 16),
                bytes.getLong(offset + 24));
    }

    /**
     * @throws IllegalArgumentException when there are not 32 bytes
     */
    public static Root of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a root has " + BYTES + " bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes), 0);
    }

    /**
     * @throws IllegalArgumentException when the text is not 64 hexadecimal digits
     */
    public static Root parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** Writes 32 bytes, big-endian, at an absolute position. */
    public void write(ByteBuffer bytes, int offset) {
        bytes.putLong(offset, a).putLong(offset + 8, b).putLong(offset + 16, c).putLong(offset + 24, d);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }

    public boolean isNone() {
        return (a | b | c | d) == 0;
    }

    /** Whether only the first eight bytes are set: a hint that names a content without proving it. */
    public boolean isHint() {
        return a != 0 && (b | c | d) == 0;
    }

    /** The first eight bytes. */
    public ContentId contentId() {
        return new ContentId(a);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }

    /** Written out, as {@link #equals}: what a record makes by itself costs 10 ms of a start on its first use. */
    @Override
    public int hashCode() {
        return Long.hashCode(a + 31 * (b + 31 * (c + 31 * d)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Root that && a == that.a && b == that.b && c == that.c && d == that.d;
    }
}
