package p101.rendezvous;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The percent escapes of a path. */
final class Escapes {
    private static final int HEX = 16;

    private Escapes() {}

    /** The text; empty, which nothing is called, when an escape is broken or the bytes are not UTF-8. */
    static String decode(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), HEX) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), HEX) : -1;
            if (high < 0 || low < 0) {
                return "";
            }
            bytes.write(high * HEX + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return "";
        }
    }

    /** The same the other way. */
    static String encode(String text) {
        StringBuilder path = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-' || b == '_';
            if (plain) {
                path.append((char) b);
            } else {
                path.append('%').append(String.format("%02X", b & 0xFF));
            }
        }
        return path.toString();
    }
}
