package p101.pdu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One golden vector of {@code testdata/pdu}; its README tells the form.
 *
 * @param told the lines {@code # word: text} but the {@code expect} ones
 * @param expected the {@code # expect:} lines, field to value; the type under {@code type}
 */
record Vector(String name, Channel channel, byte[] bytes, Map<String, String> told, Map<String, String> expected) {
    static final Path FOLDER = Path.of("testdata", "pdu");

    /** All vectors of a folder, by name; it may not be empty. */
    static List<Vector> all(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<Vector> vectors = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                vectors.add(read(file));
            }
            return vectors;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The channel by its name in vectors and in spec/PDU.md. */
    static Channel channel(String name) {
        return Channel.valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** Hexadecimal words, {@code 00*46} for 46 bytes 00. */
    static byte[] parseHex(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : text.strip().split("\\s+")) {
            String[] parts = word.split("\\*");
            int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
            for (int i = 0; i < times; i++) {
                bytes.writeBytes(HexFormat.of().parseHex(parts[0]));
            }
        }
        return bytes.toByteArray();
    }

    private static Vector read(Path file) throws IOException {
        StringBuilder hex = new StringBuilder();
        Map<String, String> told = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            hex.append(line.replaceFirst("#.*", "")).append(' ');
            String[] words = line.split(": ", 2);
            if (!line.startsWith("# ") || words.length < 2) {
                continue;
            }
            String[] field = words[1].split(" = ", 2);
            if (!words[0].equals("# expect")) {
                told.put(words[0].substring(2), words[1]);
            } else if (field.length == 1) {
                expected.put("type", field[0]);
            } else {
                expected.put(field[0], value(field[0], field[1]));
            }
        }
        String name = file.getFileName().toString();
        return new Vector(name, channel(told.get("channel")), parseHex(hex.toString()), told, expected);
    }

    private static String value(String field, String text) {
        return switch (field) {
            case "peer", "file", "filter", "text" -> unquoted(text);
            case "content" -> HexFormat.of().formatHex(parseHex(text));
            default -> text;
        };
    }

    /** The part of JSON's strings that the vectors use. */
    private static String unquoted(String text) {
        StringBuilder plain = new StringBuilder();
        int end = text.length() - 1;
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> plain.append('\n');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
