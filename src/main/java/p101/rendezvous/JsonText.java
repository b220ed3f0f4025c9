package p101.rendezvous;

/**
 * Writes JSON in ASCII alone: everything else is an escape, so that it may stand in a header, and so that whoever shows it as
 * it came shows nothing that moves a cursor.
 */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(128);

    JsonText raw(String json) {
        text.append(json);
        return this;
    }

    JsonText number(long number) {
        text.append(number);
        return this;
    }

    JsonText quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7F) {
                escape(c);
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return this;
    }

    private void escape(char c) {
        text.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }

    int length() {
        return text.length();
    }

    /** Takes back what was written behind a {@link #length}. */
    void cut(int length) {
        text.setLength(length);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
