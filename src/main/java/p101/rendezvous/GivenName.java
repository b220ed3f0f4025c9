package p101.rendezvous;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import p101.model.InvalidNameException;
import p101.model.PeerName;

/**
 * The name that a peer gives itself, and the {@link PeerName} that stands for it in the registry. Published peers know no limit,
 * a PDU has room for 16 bytes: what does not fit, or may not be there, stands under a label. spec/RENDEZVOUS.md, section 5.
 *
 * @param text 1 to {@link #MAX_BYTES} bytes of UTF-8 without blanks, control and format characters
 * @param peer the same, when it can be a peer name; else the label
 */
record GivenName(String text, PeerName peer) {
    /** Most bytes of a name in UTF-8. */
    static final int MAX_BYTES = 64;

    private static final int LABEL_PREFIX_CHARACTERS = 7;
    private static final int LABEL_DIGITS = 8;

    /** Empty when the text cannot be a name. */
    static Optional<GivenName> of(String text) {
        if (text.isEmpty()
                || text.length() > MAX_BYTES
                || !text.codePoints().allMatch(GivenName::isAllowed)
                || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GivenName(text, PeerName.of(text)));
        } catch (InvalidNameException needsLabel) {
            return Optional.of(new GivenName(text, label(text)));
        }
    }

    private static PeerName label(String text) {
        StringBuilder label = new StringBuilder(PeerName.MAX_BYTES);
        for (int i = 0; i < text.length() && label.length() < LABEL_PREFIX_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7F && "/\\:".indexOf(c) < 0) {
                label.append(c);
            }
        }
        return PeerName.of(label.append('~').append(digits(text)).toString());
    }

    private static String digits(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, LABEL_DIGITS / 2);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
