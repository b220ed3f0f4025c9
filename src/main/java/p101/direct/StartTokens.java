package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import p101.model.AddressBits;
import p101.model.Randomness;

/**
 * Proofs that a sender receives at its address, without anything being kept: the first eight bytes of HMAC-SHA-256 over slot,
 * address, port and transfer id. The current and the previous slot of 60 s hold. spec/DIRECT.md, section 4.1. One thread.
 */
final class StartTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final long SLOT_NANOS = 60_000_000_000L;

    private final Mac mac;
    private final ByteBuffer message = ByteBuffer.allocate(4 * Long.BYTES + Short.BYTES);

    StartTokens(Randomness random) {
        byte[] secret = new byte[32];
        random.fill(secret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** A token for this sender and transfer; never 0. */
    long make(InetSocketAddress from, long id, long nowNanos) {
        return compute(from, id, Math.floorDiv(nowNanos, SLOT_NANOS));
    }

    /** Two whole numbers compare in constant time. */
    boolean isValid(long token, InetSocketAddress from, long id, long nowNanos) {
        long slot = Math.floorDiv(nowNanos, SLOT_NANOS);
        return token != 0 && (token == compute(from, id, slot) || token == compute(from, id, slot - 1));
    }

    private long compute(InetSocketAddress from, long id, long slot) {
        AddressBits address = AddressBits.of(from.getAddress());
        message.clear();
        message.putLong(slot).putLong(address.high()).putLong(address.low()).putLong(id);
        message.putShort((short) from.getPort());
        long token = ByteBuffer.wrap(mac.doFinal(message.array())).getLong();
        return token == 0 ? 1 : token;
    }
}
