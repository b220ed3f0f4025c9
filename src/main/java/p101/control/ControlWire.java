package p101.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Between requests, answers and lines. Every line is bounded, whoever sends it. */
final class ControlWire {
    /** Most bytes of a request. */
    static final int MAX_REQUEST_BYTES = 8192;

    /** Most bytes of an answer. */
    static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final String OK = "ok";
    private static final String FAILED = "failed";

    private ControlWire() {}

    static byte[] encode(ControlRequest request) {
        return (request.verb() + '\t' + escape(request.argument()) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    static byte[] encode(ControlAnswer answer) {
        StringBuilder text = new StringBuilder();
        answer.fields()
                .forEach((name, value) ->
                        text.append(name).append('\t').append(escape(value)).append('\n'));
        text.append(answer.ok() ? OK : FAILED)
                .append('\t')
                .append(escape(answer.text()))
                .append('\n');
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a request up to its line end.
     *
     * @throws IOException when it is too long or the other side ends before the line does
     */
    static ControlRequest readRequest(InputStream in) throws IOException {
        String[] parts = split(readLine(in, MAX_REQUEST_BYTES));
        return new ControlRequest(parts[0], unescape(parts[1]));
    }

    /**
     * Reads an answer up to its last line.
     *
     * @throws IOException when it is too long or the other side ends before it does
     */
    static ControlAnswer readAnswer(InputStream in) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        int left = MAX_ANSWER_BYTES;
        while (true) {
            String line = readLine(in, left);
            left -= line.length() + 1;
            String[] parts = split(line);
            String value = unescape(parts[1]);
            if (parts[0].equals(OK) || parts[0].equals(FAILED)) {
                return new ControlAnswer(parts[0].equals(OK), value, fields);
            }
            fields.put(parts[0], value);
        }
    }

    private static String[] split(String line) {
        int tab = line.indexOf('\t');
        return tab < 0 ? new String[] {line, ""} : new String[] {line.substring(0, tab), line.substring(tab + 1)};
    }

    private static String readLine(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (next < 0) {
                throw new IOException("the line ends early");
            }
            if (line.size() >= maxBytes) {
                throw new IOException("the line is longer than " + maxBytes + " bytes");
            }
            line.write(next);
        }
    }

    static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    static String unescape(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                value.append(plain(text.charAt(i)));
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> escaped;
        };
    }
}
