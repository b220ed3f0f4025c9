package p101.lobby;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import p101.model.Shown;

/**
 * Who knows the secret. Guesses are compared in a time that tells nothing, and each address has only so many. Pure. One thread.
 * spec/LOBBY.md, section 7.
 */
public final class Privileges {
    /** A secret that can be guessed is none. */
    public static final int MIN_SECRET_CHARACTERS = 8;

    public static final int MAX_SECRET_CHARACTERS = 256;

    /** Addresses whose wrong guesses are remembered; beyond that the one that guessed longest ago is forgotten. */
    private static final int ADDRESSES = 4_096;

    private static final String MASK = "*****";

    private final byte[] digest;
    private final String secret;
    private final Map<Long, Guesses> guesses = new LinkedHashMap<>();

    private static final class Guesses {
        int wrong;
        long firstNanos;
    }

    /** What came of a guess. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** Too many wrong ones from there: it was not even looked at. */
        TOO_MANY,
        /** There is no secret, so nobody is privileged. */
        NONE
    }

    private Privileges(String secretOrNull) {
        secret = secretOrNull;
        digest = secretOrNull == null ? null : sha256(secretOrNull);
    }

    /** Nobody is privileged. */
    public static Privileges none() {
        return new Privileges(null);
    }

    /**
     * @throws IllegalArgumentException when it is too short, too long, or could not be typed; the message does not tell it
     */
    public static Privileges of(String secret) {
        if (secret.length() < MIN_SECRET_CHARACTERS || secret.length() > MAX_SECRET_CHARACTERS) {
            throw new IllegalArgumentException("the secret has " + secret.length() + " characters; give it "
                    + MIN_SECRET_CHARACTERS + " to " + MAX_SECRET_CHARACTERS);
        }
        if (!secret.equals(secret.strip()) || !Shown.text(secret).equals(secret)) {
            throw new IllegalArgumentException("the secret begins or ends with a blank, or holds a control character");
        }
        return new Privileges(secret);
    }

    /** Whether there is a secret at all. */
    public boolean exist() {
        return secret != null;
    }

    Verdict check(String guess, InetAddress from, long nowNanos) {
        if (secret == null) {
            return Verdict.NONE;
        }
        long network = network(from);
        Guesses known = guesses.get(network);
        if (known != null && nowNanos - known.firstNanos > LobbyLimits.SECRETS_NANOS) {
            guesses.remove(network);
            known = null;
        }
        if (known != null && known.wrong >= LobbyLimits.SECRETS_PER_ADDRESS) {
            return Verdict.TOO_MANY;
        }
        if (MessageDigest.isEqual(digest, sha256(guess))) {
            return Verdict.RIGHT;
        }
        remember(network, known, nowNanos);
        return Verdict.WRONG;
    }

    private void remember(long network, Guesses known, long nowNanos) {
        Guesses now = known == null ? new Guesses() : known;
        if (known == null) {
            now.firstNanos = nowNanos;
        }
        now.wrong++;
        guesses.remove(network);
        guesses.put(network, now);
        if (guesses.size() > ADDRESSES) {
            guesses.remove(guesses.keySet().iterator().next());
        }
    }

    /** The text without the secret, should somebody have said it. */
    public String masked(String text) {
        return secret == null || !text.contains(secret) ? text : text.replace(secret, MASK);
    }

    /** Whether the text holds the secret; to be asked only for those who know it, or the answer would be a guess. */
    boolean isIn(String text) {
        return Optional.ofNullable(secret).map(text::contains).orElse(false);
    }

    /** One number for an IPv4 address or for the /64 of an IPv6 address, which one customer owns whole. */
    private static long network(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? 0x0000_FFFF_0000_0000L | (bytes.getInt() & 0xFFFF_FFFFL)
                : bytes.getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
