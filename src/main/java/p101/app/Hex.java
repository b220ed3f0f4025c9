package p101.app;

import java.io.ByteArrayOutputStream;

/** Hexadecimal digits as people write them down: in groups, over lines, with comments. */
final class Hex {
    private Hex() {}

    /** The bytes; null when the text is anything else. */
    static byte[] parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int high = -1;
        boolean comment = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (comment || c == '#') {
                comment = c != '\n';
            } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                int digit = c < 0x80 ? Character.digit(c, 16) : -1;
                if (digit < 0) {
                    return null;
                }
                if (high < 0) {
                    high = digit;
                } else {
                    bytes.write(high << 4 | digit);
                    high = -1;
                }
            }
        }
        return high >= 0 || bytes.size() == 0 ? null : bytes.toByteArray();
    }
}
