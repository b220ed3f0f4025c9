package p101.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs the program's own commands in this process, as a person would in several terminals: some to their end, some in the
 * background. Each has an environment, an input and a signal to stop of its own. What they print is shown, indented.
 */
final class DemoStage implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String INDENT = "    ";

    private final Output out;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Background> running = new ArrayList<>();

    DemoStage(Output out) {
        this.out = out;
    }

    /** A variable for all commands from now on. */
    void environment(String variable, String value) {
        environment.put(variable, value);
    }

    /** A line of the story. */
    synchronized void tell(String text) {
        out.line(text);
        out.flush();
    }

    /** What a command ended with, and what it printed. */
    record Result(int exitCode, String output) {}

    /** Runs a command to its end and shows the command line and its output. */
    Result run(String... words) {
        return run(InputStream.nullInputStream(), words);
    }

    /** Runs a command with an input to its end. */
    Result run(InputStream input, String... words) {
        tell(INDENT + "$ p101 " + commandLine(words));
        Shown shown = new Shown();
        Output output = new Output(shown);
        int exitCode = new Program(console(input, output, shown, new StopSignal())).run(words);
        return new Result(exitCode, shown.text());
    }

    private static String commandLine(String... words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ").append(word.indexOf(' ') < 0 ? word : "'" + word + "'");
        }
        return line.toString();
    }

    private Console console(InputStream input, Output output, OutputStream errors, StopSignal stop) {
        return new Console(
                input, output, new Messages(errors, false, environment), Map.copyOf(environment), stop, false);
    }

    /** Starts a command that runs until it is stopped; what it prints is kept, not shown. */
    Background start(String... words) {
        tell(INDENT + "$ p101 " + commandLine(words) + " &");
        Background background = new Background(words);
        running.add(background);
        background.thread.start();
        return background;
    }

    /** Stops what still runs, the last one first. */
    @Override
    public void close() {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).stop();
        }
    }

    /** A command in the background. */
    final class Background {
        private final StopSignal stop = new StopSignal();
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final Thread thread;

        private Background(String... words) {
            Output output = new Output(printed);
            Console console = console(InputStream.nullInputStream(), output, printed, stop);
            thread = new Thread(() -> new Program(console).run(words), "p101-demo-" + words[0]);
            thread.setDaemon(true);
        }

        /** The first line that it prints and that fits; waits for it. */
        String await(Predicate<String> fits) throws InterruptedException, IOException {
            long start = System.nanoTime();
            while (System.nanoTime() - start < PATIENCE_NANOS) {
                boolean last = !thread.isAlive();
                for (String line : lines()) {
                    if (fits.test(line)) {
                        return line;
                    }
                }
                if (last) {
                    break;
                }
                thread.join(10);
            }
            throw new IOException("this did not come in time; it printed: " + String.join(" / ", lines()));
        }

        /** Whole lines so far. */
        List<String> lines() {
            String text = printed.toString(StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            return end < 0 ? List.of() : Arrays.asList(text.substring(0, end).split("\n"));
        }

        /** As Ctrl-C does; returns when the command has ended. */
        void stop() {
            stop.fire();
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Shows each line, indented, and keeps it. */
    private final class Shown extends OutputStream {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            all.write(b);
            if (b == '\n') {
                tell(INDENT + line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        synchronized String text() {
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
