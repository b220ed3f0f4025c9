package p101.app;

import java.io.ByteArrayOutputStream;

/** Hexadecimal digits as people write them down: in groups, over lines, with comments; {@code 00*46} is 46 bytes 00. */
final class Hex {
    private static final int MAX_TIMES = 1 << 20;
    private static final int MAX_BYTES = 16 << 20;

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
                if (c == '*' && high < 0) {
                    i = repeatLast(bytes, text, i + 1);
                    if (i < 0) {
                        return null;
                    }
                    continue;
                }
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

    /**
     * Adds the last byte again until it is there as often as the number from {@code start} says.
     *
     * @return where the number's last digit is; -1 when there is no such number, no byte, or too much of it
     */
    private static int repeatLast(ByteArrayOutputStream bytes, String text, int start) {
        int end = start;
        int times = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9' && times <= MAX_TIMES) {
            times = times * 10 + text.charAt(end++) - '0';
        }
        boolean wordEnds = end == text.length() || " \t\r\n#".indexOf(text.charAt(end)) >= 0;
        boolean afterByte = start >= 3
                && Character.digit(text.charAt(start - 2), 16) >= 0
                && Character.digit(text.charAt(start - 3), 16) >= 0;
        if (!wordEnds || !afterByte || times < 1 || times > MAX_TIMES || bytes.size() + times > MAX_BYTES) {
            return -1;
        }
        int last = Integer.parseInt(text.substring(start - 3, start - 1), 16);
        for (int i = 1; i < times; i++) {
            bytes.write(last);
        }
        return end - 1;
    }
}
