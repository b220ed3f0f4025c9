package p101.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * What a name may not hold, in one place: names are refused, never repaired (spec/PDU.md, section "Names").
 *
 * <p>A name that passes is safe to join to a folder on every platform and holds nothing that could move a terminal's cursor
 * or reverse its reading order.
 */
final class NameRules {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** Names that Windows keeps for devices, with or without an extension. */
    private static final Set<String> DEVICE_NAMES = Set.of(
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5",
            "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³", "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5",
            "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³");

    /** For each ASCII character, whether a name may hold it. */
    private static final boolean[] ALLOWED = allowedAscii();

    private static final int SHORTEST_DEVICE_NAME = 3;
    private static final int LONGEST_DEVICE_NAME = 7;

    private NameRules() {}

    private static boolean[] allowedAscii() {
        boolean[] allowed = new boolean[0x80];
        for (char c = 0; c < allowed.length; c++) {
            allowed[c] = !isControl(c) && !isSeparator(c);
        }
        return allowed;
    }

    private static boolean isControl(char c) {
        return c < 0x20 || c == 0x7F;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\' || c == ':';
    }

    /**
     * Whether the name, which is not empty, has one byte for each character and passes {@link #checkCharacters}: true for most
     * names, and found out in one pass. False means that they are to be looked at more closely.
     */
    static boolean isPlain(String name) {
        int length = name.length();
        char c = 0;
        for (int i = 0; i < length; i++) {
            c = name.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return false;
            }
        }
        return c != ' ' && c != '.';
    }

    /**
     * Bytes of the text in UTF-8.
     *
     * @throws InvalidNameException when the text holds half of a surrogate pair, which UTF-8 cannot carry
     */
    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new InvalidNameException("a name may not hold half of a surrogate pair");
            }
        }
        return bytes;
    }

    /** Refuses a name of more bytes of UTF-8. */
    static void checkBytes(String name, int most, String what) {
        int bytes = utf8Length(name);
        if (bytes > most) {
            throw new InvalidNameException(what + " has at most " + most + " bytes of UTF-8, this one has " + bytes);
        }
    }

    /** Refuses what no name may hold: separators, control and format characters, text that is not in NFC. */
    static void checkCharacters(String name) {
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isControl(c)) {
                throw new InvalidNameException("a name may not hold a control character");
            }
            if (isSeparator(c)) {
                throw new InvalidNameException("a name may not hold '" + c + "'");
            }
            ascii &= c < 0x80;
        }
        if (!ascii) {
            checkBeyondAscii(name);
        }
        char last = name.charAt(name.length() - 1);
        if (last == ' ' || last == '.') {
            throw new InvalidNameException("a name may not end in a blank or a dot");
        }
    }

    private static void checkBeyondAscii(String name) {
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw new InvalidNameException("a name must be in Unicode normal form C");
        }
        int i = 0;
        while (i < name.length()) {
            int codePoint = name.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            if (isRefused(codePoint) && !isJoinerBetweenLetters(name, i, codePoint, next)) {
                throw new InvalidNameException("a name may not hold the character " + unicodeName(codePoint));
            }
            i = next;
        }
    }

    /** {@code U+200E}. */
    private static String unicodeName(int codePoint) {
        String hex = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }

    private static boolean isRefused(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The two joiners are ordinary spelling in Persian and in Indic scripts, but only inside a word. */
    private static boolean isJoinerBetweenLetters(String name, int at, int codePoint, int next) {
        if (codePoint != ZERO_WIDTH_NON_JOINER && codePoint != ZERO_WIDTH_JOINER) {
            return false;
        }
        return at > 0
                && next < name.length()
                && isWordPart(name.codePointBefore(at))
                && isWordPart(name.codePointAt(next));
    }

    private static boolean isWordPart(int codePoint) {
        return Character.isLetter(codePoint)
                || switch (Character.getType(codePoint)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
                    default -> false;
                };
    }

    /** Refuses what a file may not be called although its characters are fine. */
    static void checkFileName(String name) {
        if (name.charAt(0) == '.') {
            throw new InvalidNameException("a file name may not begin with a dot");
        }
        int end = name.indexOf('.');
        end = end < 0 ? name.length() : end;
        while (end > 0 && name.charAt(end - 1) == ' ') {
            end--;
        }
        if (end >= SHORTEST_DEVICE_NAME && end <= LONGEST_DEVICE_NAME && isDeviceName(name.substring(0, end))) {
            throw new InvalidNameException(
                    "\"" + name.substring(0, end) + "\" is the name of a device on some systems");
        }
    }

    private static boolean isDeviceName(String stem) {
        return "CPANLcpanl".indexOf(stem.charAt(0)) >= 0 && DEVICE_NAMES.contains(stem.toUpperCase(Locale.ROOT));
    }
}
