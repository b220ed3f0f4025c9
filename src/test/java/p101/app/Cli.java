package p101.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines in this JVM with streams and environment of the test's own. */
final class Cli {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Map<String, String> environment = new HashMap<>();
    final StopSignal stop = new StopSignal();
    private InputStream in = InputStream.nullInputStream();
    private boolean terminal;

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli typing(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Cli onTerminal() {
        terminal = true;
        return this;
    }

    Console console() {
        return new Console(in, new Output(out), new Messages(err, terminal, environment), environment, stop, terminal);
    }

    /** The exit code; what was printed before is forgotten. */
    int run(String... words) {
        out.reset();
        err.reset();
        return new Program(console()).run(words);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> outLines() {
        return out().lines().toList();
    }
}
