package p101.index;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import p101.model.AddressBits;
import p101.registry.Registry;

/**
 * Proofs that a sender receives what is sent to its address: the first four bytes of HMAC-SHA-256 over slot (8 bytes), address
 * (16, IPv4 as v4-mapped) and port (2), big-endian, under the secret of the registry. A slot lasts 60 s; the cookies of the current
 * and of the previous slot hold, so that a cookie lives 60 to 120 s. 0 is no cookie: it becomes 1. spec/PDU.md, section 7.3.
 *
 * <p>Thread-confined. It remembers the current cookies of recent sources, because an HMAC costs as much as all the rest of
 * a registration.
 */
final class Cookies {
    static final long SLOT_NANOS = 60_000_000_000L;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int REMEMBERED = 1 << 12;

    private final Mac mac;
    private final long slotOffsetNanos;
    private final long seed;
    private final ByteBuffer message = ByteBuffer.allocate(Long.BYTES + 16 + Short.BYTES);
    private final byte[] digest = new byte[MAC_BYTES];
    private final Remembered[] remembered = new Remembered[REMEMBERED];

    private record Remembered(long slot, long high, long low, int port, int cookie) {}

    /**
     * @param secret {@link Registry#SECRET_BYTES} bytes
     * @param slotOffsetNanos what added to {@code nowNanos} gives the time since 1970
     */
    Cookies(byte[] secret, long slotOffsetNanos) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
        this.slotOffsetNanos = slotOffsetNanos;
        this.seed = ByteBuffer.wrap(secret).getLong() | 1;
    }

    /** The number of the slot that a moment lies in. */
    long slot(long nowNanos) {
        return Math.floorDiv(nowNanos + slotOffsetNanos, SLOT_NANOS);
    }

    /** The cookie of a source, from now on; never 0. */
    int fresh(AddressBits address, int port, long nowNanos) {
        long slot = slot(nowNanos);
        int place = place(address, port);
        Remembered known = remembered[place];
        if (known != null
                && known.slot == slot
                && known.high == address.high()
                && known.low == address.low()
                && known.port == port) {
            return known.cookie;
        }
        int cookie = compute(slot, address, port);
        remembered[place] = new Remembered(slot, address.high(), address.low(), port, cookie);
        return cookie;
    }

    /** Whether a source got this cookie within this slot or the previous one; two whole numbers compare in constant time. */
    boolean isValid(int cookie, AddressBits address, int port, long nowNanos) {
        if (cookie == 0) {
            return false;
        }
        return cookie == fresh(address, port, nowNanos) || cookie == compute(slot(nowNanos) - 1, address, port);
    }

    private int compute(long slot, AddressBits address, int port) {
        message.clear();
        message.putLong(slot).putLong(address.high()).putLong(address.low()).putShort((short) port);
        try {
            mac.update(message.array());
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the digest has room for " + ALGORITHM, e);
        }
        int cookie = ByteBuffer.wrap(digest).getInt();
        return cookie == 0 ? 1 : cookie;
    }

    private int place(AddressBits address, int port) {
        long mixed = (address.high() * 31 + address.low()) * 31 + port;
        return (int) (mixed * seed >>> 52) & REMEMBERED - 1;
    }
}
