package p101.overlay;

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
 * One golden vector of {@code testdata/overlay}; its README tells the form.
 *
 * @param told what the lines {@code # word: text} tell; of the {@code expect} lines by the field, the first as "expect"
 */
record OverlayVector(String name, byte[] bytes, Map<String, String> told) {
    private static final Path FOLDER = Path.of("testdata", "overlay");

    static List<OverlayVector> all(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<OverlayVector> vectors = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                vectors.add(read(file));
            }
            return vectors;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static OverlayVector read(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String hex = line.replaceFirst("#.*", "").strip();
            bytes.writeBytes(HexFormat.of().parseHex(hex));
            String[] words = line.split(": ", 2);
            if (line.startsWith("# ") && words.length == 2) {
                String[] field = (words[1] + " ").split(" = ", 2);
                told.put(field.length == 2 ? field[0] : words[0].substring(2), field[field.length - 1].strip());
            }
        }
        return new OverlayVector(file.getFileName().toString(), bytes.toByteArray(), told);
    }

    @Override
    public String toString() {
        return name;
    }
}
