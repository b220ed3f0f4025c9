package p101.app;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import p101.model.Shown;

/**
 * Standard output: results and nothing else, in UTF-8, each line ended by LF. Buffered; {@link #flush} before waiting for
 * anything. For one thread at a time.
 */
final class Output implements Flushable {
    private static final int BUFFER_BYTES = 8192;

    private final OutputStream stream;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int fill;
    private OutputClosedException failure;

    Output(OutputStream stream) {
        this.stream = stream;
    }

    /**
     * One line.
     *
     * @throws OutputClosedException when nobody reads any more, or the stream fails
     */
    void line(CharSequence text) {
        text(text.toString().concat("\n"));
    }

    /** Text as it is. */
    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > buffer.length - fill) {
            flushBuffer();
        }
        if (bytes.length > buffer.length) {
            write(bytes, bytes.length);
        } else {
            System.arraycopy(bytes, 0, buffer, fill, bytes.length);
            fill += bytes.length;
        }
    }

    @Override
    public void flush() {
        flushBuffer();
        try {
            stream.flush();
        } catch (IOException closed) {
            throw failed(closed);
        }
    }

    /** The stream below, for content; what was buffered goes first. */
    OutputStream stream() {
        flush();
        return stream;
    }

    private void flushBuffer() {
        int bytes = fill;
        fill = 0;
        write(buffer, bytes);
    }

    private void write(byte[] bytes, int length) {
        if (failure != null) {
            throw failure;
        }
        try {
            stream.write(bytes, 0, length);
        } catch (IOException closed) {
            throw failed(closed);
        }
    }

    /** Kept: whoever goes on without its results still ends with their loss. */
    private OutputClosedException failed(IOException closed) {
        failure = new OutputClosedException(closed);
        return failure;
    }

    /** Whether writing failed because the reader at the other end is gone; the operating system tells it by its words alone. */
    static boolean isForWantOfReaders(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("pipe") || message.contains("connection reset");
    }

    /** What to tell of a stream that fails for another reason, as a full disk does. */
    static String failureText(Throwable failure) {
        String message = failure.getMessage();
        return "standard output cannot be written: "
                + Shown.text(message == null ? failure.getClass().getSimpleName() : message);
    }
}
