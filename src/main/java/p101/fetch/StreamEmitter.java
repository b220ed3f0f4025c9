package p101.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import p101.library.Geometry;
import p101.library.ServedFile;

/**
 * Writes the verified pieces of a download to a stream, in order, from a thread of its own: whoever reads the stream slowly
 * holds up nothing but this.
 */
final class StreamEmitter implements Runnable {
    private static final int PORTION_BYTES = 64 * 1024;

    private final ServedFile file;
    private final OutputStream out;
    private final Geometry geometry;
    private final Consumer<IOException> whenDone;
    private boolean cancelled;

    /**
     * @param whenDone told on the emitter's thread: {@code null} when all was written, else why not
     */
    StreamEmitter(ServedFile file, OutputStream out, Consumer<IOException> whenDone) {
        this.file = file;
        this.out = out;
        this.geometry = new Geometry(file.content().size());
        this.whenDone = whenDone;
    }

    void start() {
        Thread thread = new Thread(this, "p101-stream");
        thread.setDaemon(true);
        thread.start();
    }

    /** More pieces count. Any thread. */
    synchronized void advance() {
        notifyAll();
    }

    /** Writes no further piece. Any thread. */
    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    @Override
    public void run() {
        IOException failure = null;
        try (ServedFile.Reader reader = file.open()) {
            ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
            for (int piece = 0; piece < geometry.pieceCount() && await(piece); piece++) {
                emit(reader, piece, portion);
            }
            out.flush();
        } catch (IOException e) {
            failure = e;
        }
        whenDone.accept(failure);
    }

    /** Waits until the piece counts; false = cancelled. */
    private synchronized boolean await(int piece) {
        while (!cancelled && !file.pieces().has(piece)) {
            try {
                wait();
            } catch (InterruptedException e) {
                cancelled = true;
            }
        }
        return !cancelled;
    }

    private void emit(ServedFile.Reader reader, int piece, ByteBuffer portion) throws IOException {
        long at = geometry.pieceOffset(piece);
        long end = at + geometry.pieceLength(piece);
        while (at < end) {
            portion.clear().limit((int) Math.min(portion.capacity(), end - at));
            int count = reader.read(portion, at);
            if (count <= 0) {
                throw new IOException("the file with the pieces that wait for their turn was cut short");
            }
            out.write(portion.array(), 0, count);
            at += count;
        }
    }
}
