package p101.menu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Input and output that are not a terminal: every prompt and every word about progress is a line of its own. */
public final class PipeScreen implements Screen {
    /** Between two lines of progress. */
    private static final long STATUS_NANOS = 2_000_000_000L;

    private final LineReader in;
    private final OutputStream out;
    private long statusNanos = System.nanoTime();

    public PipeScreen(InputStream in, OutputStream out) {
        this.in = new LineReader(in);
        this.out = out;
    }

    @Override
    public synchronized void line(String text) {
        try {
            out.write(text.concat("\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException closed) {
            throw new ScreenClosedException(closed);
        }
    }

    @Override
    public String ask(String prompt) {
        if (!prompt.isEmpty()) {
            line(prompt);
        }
        return in.next();
    }

    @Override
    public void status(String text) {
        long now = System.nanoTime();
        if (now - statusNanos >= STATUS_NANOS) {
            statusNanos = now;
            line(text);
        }
    }

    @Override
    public boolean endStatus(String text) {
        line(text);
        return true;
    }

    @Override
    public void placeStatus(String text) {
        line(text);
    }

    @Override
    public boolean isTerminal() {
        return false;
    }
}
