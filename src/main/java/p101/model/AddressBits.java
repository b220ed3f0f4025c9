package p101.model;

import java.net.InetAddress;

/**
 * An IP address as two numbers, so that it compares, hashes and is cut to a prefix without an array. IPv4 is v4-mapped
 * ({@code ::ffff:a.b.c.d}); a scope is not part of it.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record AddressBits(long high, long low) implements Comparable<AddressBits> {
    private static final long V4_MAPPED = 0xFFFFL << 32;
    private static final int V4_BYTES = 4;

    public static AddressBits of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == V4_BYTES
                ? new AddressBits(0, V4_MAPPED | number(bytes, 0, V4_BYTES))
                : new AddressBits(number(bytes, 0, Long.BYTES), number(bytes, Long.BYTES, Long.BYTES));
    }

    private static long number(byte[] bytes, int offset, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | bytes[offset + i] & 0xFF;
        }
        return number;
    }

    public boolean isV4() {
        return high == 0 && (low & ~0xFFFF_FFFFL) == V4_MAPPED;
    }

    /** The address itself for IPv4; the /64, which one customer owns whole, for IPv6. */
    public AddressBits network() {
        return isV4() ? this : new AddressBits(high, 0);
    }

    @Override
    public int compareTo(AddressBits other) {
        int order = Long.compare(high, other.high);
        return order != 0 ? order : Long.compare(low, other.low);
    }
}
