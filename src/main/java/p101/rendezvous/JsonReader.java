package p101.rendezvous;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one JSON text (RFC 8259) strictly: UTF-8, nothing before or behind it but white space, no comments, no trailing commas.
 * The depth is bounded here and the size by whoever collected the bytes, so that its work and memory are too. A pure function.
 *
 * <p>Own code and no library, because the ones at hand either drop the order of keys and doubled keys or take more than
 * JSON, and this is all that is needed.
 */
final class JsonReader {
    /** Most objects and arrays inside each other. */
    static final int MAX_DEPTH = 16;

    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * @throws JsonException when the bytes are not one JSON text in UTF-8, or nested too deeply
     */
    static Json read(byte[] utf8) throws JsonException {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            throw new JsonException("no UTF-8", 0);
        }
    }

    /**
     * @throws JsonException when the text is not one JSON text, or nested too deeply
     */
    static Json read(String text) throws JsonException {
        JsonReader reader = new JsonReader(text);
        Json value = reader.value(0);
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.wrong("something behind the end");
        }
        return value;
    }

    private Json value(int depth) throws JsonException {
        skipBlanks();
        return switch (peek()) {
            case '{' -> members(depth + 1);
            case '[' -> items(depth + 1);
            case '"' -> new Json.Text(string());
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private Json members(int depth) throws JsonException {
        open(depth);
        List<Json.Member> members = new ArrayList<>();
        skipBlanks();
        if (take('}')) {
            return new Json.Members(members);
        }
        do {
            skipBlanks();
            if (peek() != '"') {
                throw wrong("no name");
            }
            String name = string();
            skipBlanks();
            if (!take(':')) {
                throw wrong("no colon");
            }
            members.add(new Json.Member(name, value(depth)));
            skipBlanks();
        } while (take(','));
        if (!take('}')) {
            throw wrong("an object without end");
        }
        return new Json.Members(members);
    }

    private Json items(int depth) throws JsonException {
        open(depth);
        List<Json> items = new ArrayList<>();
        skipBlanks();
        if (take(']')) {
            return new Json.Items(items);
        }
        do {
            items.add(value(depth));
            skipBlanks();
        } while (take(','));
        if (!take(']')) {
            throw wrong("an array without end");
        }
        return new Json.Items(items);
    }

    private void open(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw wrong("nested too deeply");
        }
        at++;
    }

    private String string() throws JsonException {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        at++;
        return value.toString();
    }

    private char escaped() throws JsonException {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() throws JsonException {
        int code = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, HEX) : -1;
            if (digit < 0) {
                throw wrong("no four hexadecimal digits");
            }
            code = code * HEX + digit;
            at++;
        }
        return (char) code;
    }

    private Json literal(String word) throws JsonException {
        if (!text.startsWith(word, at)) {
            throw wrong("no value");
        }
        at += word.length();
        return new Json.Literal(word);
    }

    private Json number() throws JsonException {
        int start = at;
        take('-');
        if (!take('0')) {
            digits();
        }
        if (take('.')) {
            digits();
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
        return new Json.Number(text.substring(start, at));
    }

    private void digits() throws JsonException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("no value");
        }
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private char peek() throws JsonException {
        if (at >= text.length()) {
            throw wrong("an early end");
        }
        return text.charAt(at);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException wrong(String what) {
        return new JsonException(what, at);
    }
}
