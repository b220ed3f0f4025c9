package p101.rendezvous;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the lines of a request's head mean. Pure functions. spec/RENDEZVOUS.md, section 3. */
final class RequestHead {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String VERSION_PREFIX = "HTTP/";

    /** More digits than any length that is accepted. */
    private static final int MAX_LENGTH_DIGITS = 9;

    private RequestHead() {}

    /** @param minor of HTTP/1.minor */
    record Line(String method, String target, int minor) {
        boolean isPost() {
            return method.equalsIgnoreCase("POST");
        }
    }

    static Line parseLine(byte[] bytes) throws HttpRefusal {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String[] words = text.split(" ", -1);
        if (words.length != 3 || !isToken(words[0]) || !isVisible(words[1])) {
            throw new HttpRefusal(Status.BAD_REQUEST);
        }
        return new Line(words[0], words[1], minor(words[2]));
    }

    private static int minor(String version) throws HttpRefusal {
        boolean wellFormed = version.length() == VERSION_PREFIX.length() + 3
                && version.startsWith(VERSION_PREFIX)
                && isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && isDigit(version.charAt(7));
        if (!wellFormed) {
            throw new HttpRefusal(Status.BAD_REQUEST);
        }
        if (version.charAt(5) != '1') {
            throw new HttpRefusal(Status.VERSION_NOT_SUPPORTED);
        }
        return version.charAt(7) - '0';
    }

    static void parseHeader(byte[] bytes, HttpHeaders headers) throws HttpRefusal {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        // A line that begins with a blank would go on the one before, which nobody writes but those who mean to
        // confuse.
        if (colon < 1 || !isToken(text.substring(0, colon)) || !isFieldText(text)) {
            throw new HttpRefusal(Status.BAD_REQUEST);
        }
        headers.add(text.substring(0, colon), trim(text.substring(colon + 1)));
    }

    /**
     * Bytes of the body: Content-Length, or else, in a POST, a Content-type that is a number.
     *
     * @throws HttpRefusal when there are two lengths, none where there must be one, or a wrong or too great one
     */
    static int bodyLength(Line line, HttpHeaders headers) throws HttpRefusal {
        if (headers.all("host").size() > 1) {
            throw new HttpRefusal(Status.BAD_REQUEST);
        }
        List<String> lengths = headers.all("content-length");
        if (headers.has("transfer-encoding")) {
            throw new HttpRefusal(lengths.isEmpty() ? Status.NOT_IMPLEMENTED : Status.BAD_REQUEST);
        }
        if (!lengths.isEmpty()) {
            return length(lengths);
        }
        if (!line.isPost()) {
            return 0;
        }
        List<String> types = headers.all("content-type");
        if (types.isEmpty() || !isDigits(types.get(0))) {
            throw new HttpRefusal(Status.LENGTH_REQUIRED);
        }
        return length(types);
    }

    private static int length(List<String> values) throws HttpRefusal {
        String digits = values.get(0);
        if (values.size() > 1 || !isDigits(digits)) {
            throw new HttpRefusal(Status.BAD_REQUEST);
        }
        if (digits.length() > MAX_LENGTH_DIGITS || Integer.parseInt(digits) > HttpLimits.MAX_BODY_BYTES) {
            throw new HttpRefusal(Status.CONTENT_TOO_LARGE);
        }
        return Integer.parseInt(digits);
    }

    /**
     * Whether the sender waits for 100 before it sends the body.
     *
     * @throws HttpRefusal when it expects something else
     */
    static boolean awaitsContinue(Line line, HttpHeaders headers) throws HttpRefusal {
        String expected = headers.first("expect");
        if (expected == null || line.minor() == 0) {
            return false;
        }
        if (!expected.equalsIgnoreCase("100-continue")) {
            throw new HttpRefusal(Status.EXPECTATION_FAILED);
        }
        return true;
    }

    private static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || isDigit((char) c)
                                || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** A CR that ends no line, NUL and their like are what requests are smuggled with. */
    private static boolean isFieldText(String text) {
        return text.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7F);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
