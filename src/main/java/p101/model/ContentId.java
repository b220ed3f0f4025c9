package p101.model;

import java.util.HexFormat;

/**
 * The first eight bytes of a {@link Root}: enough to tell contents apart in a list, never enough to prove one.
 *
 * @param bits the eight bytes, big-endian; 0 means unknown, or "any" in a search
 */
public record ContentId(long bits) implements Comparable<ContentId> {
    /** Bytes of a content id. */
    public static final int BYTES = 8;

    /** Unknown, or "any". */
    public static final ContentId NONE = new ContentId(0);

    /**
     * @throws IllegalArgumentException when the text is not 16 hexadecimal digits
     */
    public static ContentId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a content id has 16 hexadecimal digits");
        }
        return new ContentId(HexFormat.fromHexDigitsToLong(hex));
    }

    public boolean isNone() {
        return bits == 0;
    }

    /** Unsigned; it keeps hash tables fast when somebody picks contents whose hashes collide. */
    @Override
    public int compareTo(ContentId other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** A root that carries these eight bytes and zeros: the hint that a {@code D} may ask for. */
    public Root asHint() {
        return new Root(bits, 0, 0, 0);
    }

    /** 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits);
    }

    /** Written out, as {@link #equals}: what a record makes by itself costs 10 ms of a start on its first use. */
    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentId that && bits == that.bits;
    }
}
