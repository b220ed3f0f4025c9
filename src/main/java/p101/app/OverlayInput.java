package p101.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import p101.loop.EventLoop;
import p101.loop.LineFramer;
import p101.loop.LineTooLongException;

/**
 * Says what is typed, line by line. Reads on a thread of its own, which may block for ever and ends with the process; a line
 * is read only when the one before it was said, so that a file piped in goes as fast as the tree takes it.
 */
final class OverlayInput implements Runnable {
    private static final int MAX_LINE_BYTES = 65_536;
    private static final int CHUNK_BYTES = 8_192;
    private static final long RETRY_NANOS = 20_000_000;

    private final InputStream in;
    private final EventLoop loop;
    private final Speaker speaker;
    private final Consumer<String> trouble;
    private final Semaphore said = new Semaphore(0);

    /** A root or node, on the loop's thread. */
    interface Speaker {
        boolean isBusy();

        void say(String text);

        void endOfInput();
    }

    OverlayInput(InputStream in, EventLoop loop, Speaker speaker, Consumer<String> trouble) {
        this.in = in;
        this.loop = loop;
        this.speaker = speaker;
        this.trouble = trouble;
    }

    @Override
    public void run() {
        try {
            read();
        } catch (IOException brokenInput) {
            // It has ended.
        } catch (LineTooLongException tooLong) {
            trouble.accept("a line of more than " + MAX_LINE_BYTES + " bytes cannot be said; nothing more is read");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.execute(speaker::endOfInput);
    }

    private void read() throws IOException, LineTooLongException, InterruptedException {
        LineFramer lines = new LineFramer(MAX_LINE_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
            for (byte[] line = lines.next(bytes); line != null; line = lines.next(bytes)) {
                say(line);
            }
        }
        say(lines.takePending());
    }

    private void say(byte[] line) throws InterruptedException {
        String text = new String(line, StandardCharsets.UTF_8);
        if (!text.isBlank()) {
            loop.execute(() -> sayWhenReady(text));
            said.acquire();
        }
    }

    private void sayWhenReady(String text) {
        if (speaker.isBusy()) {
            loop.schedule(RETRY_NANOS, () -> sayWhenReady(text));
        } else {
            speaker.say(text);
            said.release();
        }
    }
}
