package p101.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The short names under which long ones travel (spec/PDU.md, section 5). A label of a name and a text (the full name itself,
 * or for the later of two files of one library that would share a name, its path below the shared folder) is
 *
 * <pre>
 *   prefix ~ hash extension
 * </pre>
 *
 * <ul>
 *   <li><i>extension</i>: the name from its last dot on, the dot included, when that is 2 to {@value #MAX_EXTENSION_BYTES} bytes of
 *       UTF-8 and something stands before it; else nothing;
 *   <li><i>hash</i>: the first 8 lower-case hexadecimal digits of SHA-256 over the text in UTF-8;
 *   <li><i>prefix</i>: the longest beginning of the name without its extension, cut between code points, with which the whole
 *       has at most 50 bytes; then a joiner (U+200C, U+200D) at its end is dropped, since it may stand only between letters.
 * </ul>
 */
public final class Labels {
    public static final int MAX_EXTENSION_BYTES = 12;
    private static final int HASH_BYTES = 4;

    private Labels() {}

    /** The label of a name: the name itself when a PDU can carry it. */
    public static FileName of(FileName fullName) {
        return fullName.fitsPdu() ? fullName : of(fullName, fullName.value());
    }

    /** The label of a name whose own is taken, from another text that tells the two files apart. */
    public static FileName of(FileName fullName, String text) {
        String name = fullName.value();
        String extension = extensionOf(name);
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        String tail = "~" + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + extension;
        String stem = name.substring(0, name.length() - extension.length());
        return FileName.of(cut(stem, FileName.MAX_LABEL_BYTES - utf8Length(tail)) + tail);
    }

    /**
     * Whether this full name may stand behind the name that a file is registered under: it is that name, or the registered one is
     * its label, of whatever text (which nobody else knows).
     */
    public static boolean goTogether(FileName registered, FileName fullName) {
        if (registered.equals(fullName)) {
            return true;
        }
        String known = of(fullName, fullName.value()).value();
        String shown = registered.value();
        int hash = known.length() - extensionOf(fullName.value()).length() - 2 * HASH_BYTES;
        return shown.length() == known.length()
                && shown.startsWith(known.substring(0, hash))
                && shown.endsWith(known.substring(hash + 2 * HASH_BYTES))
                && shown.substring(hash, hash + 2 * HASH_BYTES).chars().allMatch(Labels::isHexDigit);
    }

    private static boolean isHexDigit(int digit) {
        return digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f';
    }

    /** The name from its last dot on, when that is an extension; else "". */
    public static String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            return "";
        }
        String extension = name.substring(dot);
        return utf8Length(extension) <= MAX_EXTENSION_BYTES ? extension : "";
    }

    /** Bytes of the text in UTF-8. */
    public static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The longest beginning of at most so many bytes of UTF-8, without half a character or a joiner at its end. */
    public static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        while (end > 0 && (text.charAt(end - 1) == '\u200C' || text.charAt(end - 1) == '\u200D')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
