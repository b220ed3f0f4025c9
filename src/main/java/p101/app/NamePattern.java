package p101.app;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import p101.model.FileName;

/**
 * What {@code ls} is asked for: part of a name, or with {@code *} and {@code ?} a pattern for the whole. The index filters by
 * a part; the rest is done here.
 */
final class NamePattern {
    private final String pattern;
    private final boolean whole;

    private NamePattern(String pattern, boolean whole) {
        this.pattern = pattern;
        this.whole = whole;
    }

    static NamePattern of(String typed) {
        String pattern = Normalizer.isNormalized(typed, Normalizer.Form.NFC)
                ? typed
                : Normalizer.normalize(typed, Normalizer.Form.NFC);
        return new NamePattern(pattern, pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0);
    }

    /** The longest part that every matching name has, as far as a PDU can carry it. */
    String filter() {
        if (!whole) {
            return fitting(pattern);
        }
        String longest = "";
        int start = 0;
        for (int i = 0; i <= pattern.length(); i++) {
            if (i == pattern.length() || isWild(pattern.charAt(i))) {
                if (i - start > longest.length()) {
                    longest = pattern.substring(start, i);
                }
                start = i + 1;
            }
        }
        return fitting(longest);
    }

    private static boolean isWild(char c) {
        return c == '*' || c == '?';
    }

    /** As many code points from the beginning as fit the field. */
    private static String fitting(String text) {
        int end = Math.min(text.length(), FileName.MAX_LABEL_BYTES);
        while (end > 0
                && (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > FileName.MAX_LABEL_BYTES
                        || end < text.length() && Character.isLowSurrogate(text.charAt(end)))) {
            end--;
        }
        return text.substring(0, end);
    }

    boolean matches(String name) {
        return whole ? matchesWhole(name) : name.contains(pattern);
    }

    /** Greedy with one step back: linear in practice, never exponential. */
    private boolean matchesWhole(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n += pattern.charAt(p - 1) == '?' && isPair(name, n) ? 2 : 1;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean isPair(String name, int at) {
        return at + 1 < name.length() && Character.isSurrogatePair(name.charAt(at), name.charAt(at + 1));
    }
}
