package p101.app;

/** Numbers and names as people read them. No {@code String.format}: its first use costs as much as a small command. */
final class Texts {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int UNIT = 1024;

    private Texts() {}

    /** {@code 512 B}, {@code 1.5 KiB}, {@code 23.0 GiB}. */
    static String size(long bytes) {
        if (bytes < UNIT) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= UNIT && unit < UNITS.length - 1) {
            value /= UNIT;
            unit++;
        }
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }

    /** {@code 0:07}, {@code 12:30}, {@code 3:00:05}. */
    static String duration(long seconds) {
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        String tail = twoDigits(seconds % 60);
        return hours == 0 ? minutes + ":" + tail : hours + ":" + twoDigits(minutes) + ":" + tail;
    }

    /** {@code 1.53 s}. */
    static String seconds(long nanos) {
        long hundredths = Math.round(nanos / 1e7);
        return hundredths / 100 + "." + twoDigits(hundredths % 100) + " s";
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** Blanks on the left up to a width. */
    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - columns(text))) + text;
    }

    /** Blanks on the right up to a width. */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - columns(text)));
    }

    /** Columns that a terminal needs: two for East Asian wide characters, none for combining marks. */
    static int columns(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            columns += columns(codePoint);
            i += Character.charCount(codePoint);
        }
        return columns;
    }

    /** The beginning of the text that fits, with an ellipsis when it is cut. */
    static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (used + columns(codePoint) > columns - 1) {
                break;
            }
            used += columns(codePoint);
            i += Character.charCount(codePoint);
        }
        return text.substring(0, i) + "…";
    }

    private static int columns(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        return codePoint >= 0x1100 && codePoint <= 0x115F
                || codePoint >= 0x2E80 && codePoint <= 0xA4CF
                || codePoint >= 0xAC00 && codePoint <= 0xD7A3
                || codePoint >= 0xF900 && codePoint <= 0xFAFF
                || codePoint >= 0xFE30 && codePoint <= 0xFE6F
                || codePoint >= 0xFF00 && codePoint <= 0xFF60
                || codePoint >= 0xFFE0 && codePoint <= 0xFFE6
                || codePoint >= 0x1F300 && codePoint <= 0x1FAFF
                || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
    }
}
