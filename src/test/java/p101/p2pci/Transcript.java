package p101.p2pci;

import java.nio.file.Path;
import java.util.List;
import p101.testing.TranscriptText;

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
        return TranscriptText.files(FOLDER.resolve(folder), "").stream()
                .map(Transcript::read)
                .toList();
    }

    private static Transcript read(Path file) {
        return new Transcript(
                file.getFileName().toString(), TranscriptText.steps(file, Transcript::step, Transcript::joinedOrNull));
    }

    /** Lines of received bytes that follow each other are one expectation. */
    private static Step joinedOrNull(Step before, Step step) {
        return before instanceof Step.Expect first && step instanceof Step.Expect next && first.who() == next.who()
                ? new Step.Expect(next.who(), TranscriptText.joined(first.bytes(), next.bytes()))
                : null;
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
        byte[] bytes = line.length() > 3 ? TranscriptText.bytes(line.substring(3)) : new byte[0];
        return switch (line.charAt(1)) {
            case '>' -> new Step.Send(first, bytes);
            case '<' -> new Step.Expect(first, bytes);
            case '-' -> new Step.Expect(first, new byte[0]);
            case '.' -> new Step.Close(first);
            case '!' -> new Step.ExpectClosed(first);
            default -> throw new IllegalArgumentException("a line with an unknown mark: " + line);
        };
    }

    /** As a test is called. */
    @Override
    public String toString() {
        return name;
    }
}
