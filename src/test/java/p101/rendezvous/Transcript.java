package p101.rendezvous;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A conversation written down; the format is in testdata/rendezvous/README.md. */
record Transcript(String name, List<Step> steps) {
    private static final Path FOLDER = Path.of("testdata", "rendezvous");

    /**
     * @param who a connection; '+' for time, '=' for a PDU peer
     * @param mark what is done: '&gt;', '&lt;', '.', '*', '!', or the same as who
     */
    record Step(char who, char mark, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** All there are, by name. */
    static List<Transcript> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(Transcript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transcript read(Path file) {
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

    private static Step step(String line) {
        char who = line.charAt(0);
        boolean connection = who >= 'A' && who <= 'Z';
        char mark = connection ? line.charAt(1) : who;
        if ("<>.*!-+=".indexOf(mark) < 0) {
            throw new IllegalArgumentException("a line with an unknown mark: " + line);
        }
        String rest = line.substring(Math.min(line.length(), connection ? 3 : 2));
        return new Step(who, mark, bytes(rest));
    }

    /** Lines of received bytes, and of bytes to send, that follow each other are one step. */
    private static void add(List<Step> steps, Step step) {
        Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        if (before != null
                && before.who() == step.who()
                && before.mark() == step.mark()
                && "<>".indexOf(step.mark()) >= 0) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(before.bytes());
            joined.writeBytes(step.bytes());
            steps.set(steps.size() - 1, new Step(step.who(), step.mark(), joined.toByteArray()));
        } else {
            steps.add(step);
        }
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
            } else if (text.charAt(i + 1) == 'x') {
                out.write(Integer.parseInt(text, i + 2, i + 4, 16));
                i += 4;
            } else if (text.charAt(i + 1) == '(') {
                int end = text.indexOf(")", i);
                String[] parts = text.substring(i + 2, end).split("\\*", 2);
                out.writeBytes(bytes(parts[1].repeat(Integer.parseInt(parts[0]))));
                i = end + 1;
            } else {
                out.write(escaped(text.charAt(i + 1)));
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
