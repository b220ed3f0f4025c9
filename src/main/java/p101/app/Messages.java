package p101.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Standard error: notes, errors and, on a terminal, one line of progress that the next message takes the place of. Any
 * thread. Texts that hold other people's words must have passed {@link p101.model.Shown}.
 */
final class Messages {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int MIN_COLUMNS = 20;
    private static final int MAX_COLUMNS = 500;
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final OutputStream stream;
    private final boolean terminal;
    private final boolean colours;
    private final int columns;
    private int progressColumns;
    private boolean verbose;
    private boolean quiet;

    Messages(OutputStream stream, boolean terminal, Map<String, String> environment) {
        this.stream = stream;
        boolean dumb = "dumb".equals(environment.get("TERM"));
        this.terminal = terminal && !dumb;
        this.colours = this.terminal && isUnset(environment.get("NO_COLOR"));
        this.columns = columns(environment.get("COLUMNS"));
    }

    private static boolean isUnset(String variable) {
        return variable == null || variable.isEmpty();
    }

    private static int columns(String variable) {
        try {
            // A terminal that does not know its own width says 0.
            return isUnset(variable) || Integer.parseInt(variable) == 0
                    ? DEFAULT_COLUMNS
                    : Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, Integer.parseInt(variable)));
        } catch (NumberFormatException notANumber) {
            return DEFAULT_COLUMNS;
        }
    }

    void beVerbose() {
        verbose = true;
    }

    /** No notes and no progress any more; errors stay. */
    void beQuiet() {
        quiet = true;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Whether colours may be used. */
    boolean colours() {
        return colours;
    }

    /** Whether progress is shown at all. */
    boolean showsProgress() {
        return terminal && !quiet;
    }

    /** Columns of a line of progress. */
    int columns() {
        return columns - 1;
    }

    /** Something worth knowing. */
    synchronized void note(String text) {
        if (!quiet) {
            write(erase().concat(text).concat("\n"));
        }
    }

    /** What is wrong, where, and what to do. */
    synchronized void error(String text) {
        write(erase().concat(colours ? RED.concat("p101:").concat(PLAIN) : "p101:")
                .concat(" ")
                .concat(text)
                .concat("\n"));
    }

    /** The stack trace, when the user asked to see such things. */
    synchronized void trace(Throwable failure) {
        if (verbose) {
            java.io.StringWriter text = new java.io.StringWriter();
            failure.printStackTrace(new java.io.PrintWriter(text));
            write(text.toString());
        }
    }

    /** Shows one line of progress in place of the last; nothing unless on a terminal. */
    synchronized void progress(String text) {
        if (showsProgress()) {
            String cut = Texts.cut(text, columns());
            int width = Texts.columns(cut);
            write("\r".concat(cut).concat(" ".repeat(Math.max(0, progressColumns - width))));
            progressColumns = width;
        }
    }

    /** Takes the line of progress away. */
    synchronized void endProgress() {
        String erase = erase();
        if (!erase.isEmpty()) {
            write(erase);
        }
    }

    private String erase() {
        if (progressColumns == 0) {
            return "";
        }
        String blank = "\r".concat(" ".repeat(progressColumns)).concat("\r");
        progressColumns = 0;
        return blank;
    }

    private void write(String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException nobodyListens) {
            // There is no other place to say it.
        }
    }
}
