package p101.overlay;

import java.util.ArrayList;
import java.util.List;

/** Cuts text into parts that are short enough, between words where that is possible and never inside a code point. */
public final class TextParts {
    /** A longer word is cut in two rather than leaving so little of a part used. */
    private static final int LEAST_SHARE = 2;

    private TextParts() {}

    /**
     * The parts of a text, none of them empty.
     *
     * @param maxBytes most bytes of a part as UTF-8; 4 or more
     */
    public static List<String> of(String text, int maxBytes) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start, maxBytes);
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** As much from the start as fits, up to a blank if one is near. */
    private static int end(String text, int start, int maxBytes) {
        int at = start;
        int bytes = 0;
        int afterBlank = start;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            bytes += utf8Bytes(codePoint);
            if (bytes > maxBytes) {
                return afterBlank - start > (at - start) / LEAST_SHARE ? afterBlank : at;
            }
            at += Character.charCount(codePoint);
            if (codePoint == ' ') {
                afterBlank = at;
            }
        }
        return at;
    }

    private static int utf8Bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        } else if (codePoint < 0x800) {
            return 2;
        }
        // Half of a surrogate pair becomes a question mark; three is on the safe side.
        return codePoint < 0x10000 ? 3 : 4;
    }
}
