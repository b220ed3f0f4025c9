package p101.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads files of testdata that hold a conversation: a step a line, and how bytes are written in one. */
public final class TranscriptText {
    private TranscriptText() {}

    /** The files of a folder whose names end so, by name. */
    public static List<Path> files(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The steps of a file; empty lines and comments are none.
     *
     * @param step what a line says; throws when it says nothing that is known
     * @param joinedOrNull two steps that follow each other as one, or null when they are two
     * @throws IllegalStateException when a line is wrong; the message names the file
     */
    public static <S> List<S> steps(Path file, Function<String, S> step, BinaryOperator<S> joinedOrNull) {
        try {
            List<S> steps = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank() && line.charAt(0) != '#') {
                    add(steps, step.apply(line), joinedOrNull);
                }
            }
            return List.copyOf(steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + ": " + e.getMessage(), e);
        }
    }

    private static <S> void add(List<S> steps, S step, BinaryOperator<S> joinedOrNull) {
        int last = steps.size() - 1;
        S joined = last < 0 ? null : joinedOrNull.apply(steps.get(last), step);
        if (joined == null) {
            steps.add(step);
        } else {
            steps.set(last, joined);
        }
    }

    public static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    /** The bytes that a text stands for: escapes as the README files of testdata have them, everything else UTF-8. */
    public static byte[] bytes(String text) {
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
}
