package p101.p2pci;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A conversation written down; the format is in testdata/p2pci/README.md. */
record Transcript(String name, List<Step> steps) {
    private static final Path FOLDER = Path.of("testdata", "p2pci");

    sealed interface Step {
        record Send(char who, byte[] bytes) implements Step {}

        record Expect(char who, byte[] bytes) implements Step {}

        record Close(char who) implements Step {}

        record ExpectClosed(char who) implements Step {}

        record Pause(long nanos) implements Step {}

        record Share(String place, String file) implements Step {}
    }

    /** All transcripts of a folder, by name. */
    static List<Transcript> all(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().map(Transcript::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Transcript read(Path file) {
        try {
            List<Step> steps = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && line.charAt(0) != '#') {
                    add(steps, step(line));
                }
            }
            return new Transcript(file.getFileName().toString(), List.copyOf(steps));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    /** Lines of received bytes that follow each other are one expectation. */
    private static void add(List<Step> steps, Step step) {
        if (step instanceof Step.Expect next
                && !steps.isEmpty()
                && steps.get(steps.size() - 1) instanceof Step.Expect before
                && before.who() == next.who()) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(before.bytes());
            joined.writeBytes(next.bytes());
            steps.set(steps.size() - 1, new Step.Expect(next.who(), joined.toByteArray()));
        } else {
            steps.add(step);
        }
    }

    private static Step step(String line) {
        char first = line.charAt(0);
        if (first == '+') {
            return new Step.Pause(Long.parseLong(line.substring(2).trim()) * 1_000_000L);
        }
        if (first == '=') {
            String[] words = line.substring(2).split(" ");
            return new Step.Share(words[0], words[1]);
        }
        byte[] bytes = line.length() > 3 ? bytes(line.substring(3)) : new byte[0];
        return switch (line.charAt(1)) {
            case '>' -> new Step.Send(first, bytes);
            case '<' -> new Step.Expect(first, bytes);
            case '-' -> new Step.Expect(first, new byte[0]);
            case '.' -> new Step.Close(first);
            case '!' -> new Step.ExpectClosed(first);
            default -> throw new IllegalArgumentException("a line with an unknown mark: " + line);
        };
    }

    static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                int codePoint = text.codePointAt(i);
                out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(codePoint);
                continue;
            }
            char kind = text.charAt(i + 1);
            if (kind == 'x') {
                out.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 4;
            } else if (kind == '(') {
                int end = text.indexOf(')', i + 3);
                String[] parts = text.substring(i + 2, end).split("\\*", 2);
                out.writeBytes(bytes(parts[1].repeat(Integer.parseInt(parts[0]))));
                i = end + 1;
            } else {
                out.write(escaped(kind));
                i += 2;
            }
        }
        return out.toByteArray();
    }

    private static int escaped(char kind) {
        return switch (kind) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> 0;
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("an unknown escape: \\" + kind);
        };
    }

    /** As a test is called. */
    @Override
    public String toString() {
        return name;
    }
}
