package p101.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A terminal that hands over each key as it is pressed and does not echo, until {@link #close}. The JDK knows nothing of terminals, so
 * stty(1) is asked, on this process's standard input. Keys that send signals still do. Any thread.
 */
final class KeyMode implements AutoCloseable {
    private static final List<String> EACH_KEY = List.of("-icanon", "-echo", "min", "1", "time", "0");
    private static final long PATIENCE_SECONDS = 2;
    private static final long RENEW_NANOS = 1_000_000_000L;

    private final String before;
    private long renewedNanos = System.nanoTime();
    private int columns;
    private boolean closed;

    private KeyMode(String before, int columns) {
        this.before = before;
        this.columns = columns;
    }

    /**
     * Enters the mode.
     *
     * @param columns how wide the terminal is if it does not say
     * @return null where there is no terminal, or no stty
     */
    static KeyMode enter(int columns) {
        String before = stty(List.of("-g"));
        if (before == null || before.isBlank() || stty(EACH_KEY) == null) {
            return null;
        }
        KeyMode mode = new KeyMode(before.strip(), columns);
        mode.measure();
        return mode;
    }

    /**
     * How wide the terminal is now. It may have another size than before, and after a pause (Ctrl-Z, fg) the shell may have set
     * another mode: both are looked after here, not more often than once in a second.
     */
    synchronized int columns() {
        if (!closed && System.nanoTime() - renewedNanos > RENEW_NANOS) {
            renewedNanos = System.nanoTime();
            stty(EACH_KEY);
            measure();
        }
        return columns;
    }

    /** {@code 24 80}; a terminal that does not know says {@code 0 0}. */
    private void measure() {
        String size = stty(List.of("size"));
        if (size != null && size.matches("[0-9]{1,4} [0-9]{1,4}\\s*")) {
            int told = Integer.parseInt(size.strip().split(" ")[1]);
            columns = told > 0 ? told : columns;
        }
    }

    /** Back to how it was. Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stty(List.of(before));
        }
    }

    /** What it printed; null when it failed. */
    private static String stty(List<String> words) {
        List<String> line = new ArrayList<>(List.of("stty"));
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 ? printed : null;
        } catch (IOException notThere) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
