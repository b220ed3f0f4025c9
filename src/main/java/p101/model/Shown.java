package p101.model;

/**
 * Other people's text made safe to print: what could move a cursor, change colours, reverse the reading order, or break a
 * line is shown as its code point in braces. Every text that came from outside passes here on its way to a terminal or a log.
 */
public final class Shown {
    private Shown() {}

    /** The text with each character that is not plain shown by its number. */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F) {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (isPlain(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
            }
            i += Character.charCount(codePoint);
        }
        return shown.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            // The joiners are spelling (Persian); they cannot reorder or hide anything.
            case Character.FORMAT -> codePoint == 0x200C || codePoint == 0x200D;
            default -> true;
        };
    }
}
