package p101.app;

/**
 * One JSON object on one line, its fields in the order in which they are added. Every character that could disturb a
 * terminal is written as an escape, which a JSON reader gives back as it was: nothing is lost and nothing is raw.
 */
final class JsonLine {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(160).append('{');

    JsonLine add(String field, String value) {
        name(field);
        if (value == null) {
            text.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    JsonLine add(String field, long value) {
        name(field);
        text.append(value);
        return this;
    }

    JsonLine add(String field, boolean value) {
        name(field);
        text.append(value);
        return this;
    }

    /** A list of objects. */
    JsonLine add(String field, Iterable<JsonLine> values) {
        name(field);
        text.append('[');
        String separator = "";
        for (JsonLine value : values) {
            text.append(separator).append(value);
            separator = ",";
        }
        text.append(']');
        return this;
    }

    private void name(String field) {
        if (text.length() > 1) {
            text.append(',');
        }
        quoted(field);
        text.append(':');
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F || isPlain(value, i, c)) {
                text.append(c);
            } else {
                escape(c);
            }
        }
        text.append('"');
    }

    private static boolean isPlain(String value, int at, char c) {
        if (c <= 0x9F) {
            return false;
        }
        if (Character.isSurrogate(c)) {
            return isPlain(pairAt(value, at, c));
        }
        return isPlain(c);
    }

    /** The code point that this half belongs to; the half itself when it is alone. */
    private static int pairAt(String value, int at, char half) {
        int start = Character.isLowSurrogate(half) ? at - 1 : at;
        return start < 0
                        || start + 1 >= value.length()
                        || !Character.isSurrogatePair(value.charAt(start), value.charAt(start + 1))
                ? half
                : value.codePointAt(start);
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }

    private void escape(char c) {
        text.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }

    /** The object, without a line end. */
    @Override
    public String toString() {
        return text + "}";
    }
}
