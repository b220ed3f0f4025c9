package p101.rendezvous;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import p101.testing.TranscriptText;

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
        return TranscriptText.files(FOLDER, ".txt").stream()
                .map(Transcript::read)
                .toList();
    }

    private static Transcript read(Path file) {
        return new Transcript(
                file.getFileName().toString(), TranscriptText.steps(file, Transcript::step, Transcript::joinedOrNull));
    }

    private static Step step(String line) {
        char who = line.charAt(0);
        boolean connection = who >= 'A' && who <= 'Z';
        char mark = connection ? line.charAt(1) : who;
        if ("<>.*!-+=".indexOf(mark) < 0) {
            throw new IllegalArgumentException("a line with an unknown mark: " + line);
        }
        String rest = line.substring(Math.min(line.length(), connection ? 3 : 2));
        return new Step(who, mark, TranscriptText.bytes(rest));
    }

    /** Lines of received bytes, and of bytes to send, that follow each other are one step. */
    private static Step joinedOrNull(Step before, Step step) {
        return before.who() == step.who() && before.mark() == step.mark() && "<>".indexOf(step.mark()) >= 0
                ? new Step(step.who(), step.mark(), TranscriptText.joined(before.bytes(), step.bytes()))
                : null;
    }

    /** As a test is called. */
    @Override
    public String toString() {
        return name;
    }
}
