package p101.p2pci;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The protocol's words, and how its lines are cut into words. Blanks are the space and the tab. */
final class Wording {
    /** The only version there is; the last word of every request line, the first of every answer. */
    static final String VERSION = "P2P-CI/1.0";

    /** What every version begins with. */
    static final String VERSION_PREFIX = "P2P-CI/";

    /** The line that ends a request, or an answer, of some programs. */
    static final String END = "END";

    private Wording() {}

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** What some programs fill their requests with, up to 1,024 bytes. */
    static boolean isPadding(int c) {
        return c == '~' || c == '!';
    }

    /** Cuts at runs of blanks; no empty words. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>(6);
        int at = 0;
        while (at < line.length()) {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            int start = at;
            while (at < line.length() && !isBlank(line.charAt(at))) {
                at++;
            }
            if (at > start) {
                words.add(line.substring(start, at));
            }
        }
        return words;
    }

    /** The first word at or after a position; "" when there is none. */
    static String wordAt(String line, int from) {
        int start = from;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        return line.substring(start, end);
    }

    /** The last word; "" when there is none. */
    static String lastWord(String line) {
        int end = line.length();
        while (end > 0 && isBlank(line.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && !isBlank(line.charAt(start - 1))) {
            start--;
        }
        return line.substring(start, end);
    }

    /** Without the blanks at both ends. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /**
     * Without the padding, and the blanks before it, at the end.
     *
     * @param leastRun a shorter run of padding stays: it may be the writer's own "!"
     */
    static String stripPadding(String text, int leastRun) {
        int to = text.length();
        while (to > 0 && isPadding(text.charAt(to - 1))) {
            to--;
        }
        return text.length() - to < Math.max(1, leastRun) ? text : trim(text.substring(0, to));
    }

    /** Whether all are digits 0 to 9, and there is one. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the word is a version, this one or another, and not just the beginning of one. */
    static boolean isVersion(String word) {
        if (!word.startsWith(VERSION_PREFIX)) {
            return false;
        }
        int dot = word.indexOf('.', VERSION_PREFIX.length());
        return dot > 0 && isDigits(word.substring(VERSION_PREFIX.length(), dot)) && isDigits(word.substring(dot + 1));
    }

    /**
     * Whether the text may be repeated to others: nothing in it ends a line for anybody. Python's {@code splitlines}, which
     * many programs use, also cuts at U+000B, U+001C to U+001E, U+0085, U+2028 and U+2029.
     */
    static boolean isPlain(String text) {
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            switch (Character.getType(codePoint)) {
                case Character.CONTROL,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> {
                    return false;
                }
                default -> i += Character.charCount(codePoint);
            }
        }
        return true;
    }

    /** Strict UTF-8; {@code null} when it is not. */
    static String decode(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return decodeBeyondAscii(bytes, length);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private static String decodeBeyondAscii(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
