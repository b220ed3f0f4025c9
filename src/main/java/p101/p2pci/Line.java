package p101.p2pci;

import java.nio.charset.StandardCharsets;

/**
 * A line without its end, as text.
 *
 * @param text when the bytes are not UTF-8, each of them as one character; "" when the line was too long
 * @param utf8 whether the text is what the sender meant
 * @param broken whether the line was too long or holds what no line may hold: a CR that ends nothing, NUL, or another
 *     control character but the tab
 * @param crlf whether it ended in CR (of CRLF, when it is complete)
 */
record Line(String text, boolean utf8, boolean broken, boolean crlf) {
    static Line of(byte[] bytes, int length, boolean tooLong) {
        boolean crlf = length > 0 && bytes[length - 1] == '\r';
        int textLength = crlf ? length - 1 : length;
        boolean broken = tooLong || holdsControls(bytes, textLength);
        String text = Wording.decode(bytes, textLength);
        boolean utf8 = text != null;
        return new Line(
                utf8 ? text : new String(bytes, 0, textLength, StandardCharsets.ISO_8859_1), utf8, broken, crlf);
    }

    private static boolean holdsControls(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7F) {
                return true;
            }
        }
        return false;
    }

    /** Another text that came in the same line. */
    Line withText(String other) {
        return new Line(other, utf8, broken, crlf);
    }

    boolean isBlank() {
        return !broken && Wording.trim(text).isEmpty();
    }

    boolean isEnd() {
        return !broken && Wording.stripPadding(Wording.trim(text), 1).equals(Wording.END);
    }

    /** Whether it can only be the first line of a request. */
    boolean beginsRequest() {
        return !broken && RequestLine.looksLikeOne(text, 0);
    }

    /** {@code Name: value}, whatever the name. */
    boolean isHeader() {
        int colon = text.indexOf(':');
        if (broken || colon <= 0) {
            return false;
        }
        String name = Wording.trim(text.substring(0, colon));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    LineEnd lineEnd() {
        return crlf ? LineEnd.CRLF : LineEnd.LF;
    }
}
