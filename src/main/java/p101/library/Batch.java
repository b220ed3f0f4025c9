package p101.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The files that one call of {@link Library#add} brings in: counts those still to be hashed, and completes its future. */
final class Batch {
    private final CompletableFuture<List<ServedFile>> future = new CompletableFuture<>();
    private final List<ServedFile> files = new ArrayList<>();
    private final boolean single;

    /** One for the walk itself. */
    private int expected = 1;

    private IOException failure;

    Batch(boolean single) {
        this.single = single;
    }

    CompletableFuture<List<ServedFile>> future() {
        return future;
    }

    synchronized void expect() {
        expected++;
    }

    synchronized void have(ServedFile file) {
        files.add(file);
    }

    /** Why one was left out: of interest when it is the only one. */
    synchronized void failed(IOException why) {
        failure = why;
    }

    /**
     * One of the expected is done. Completes outside any lock, as others may wait in the future's actions.
     *
     * @param file what can be served now; {@code null}: nothing
     * @param why what came instead; {@code null}: nothing
     */
    void done(ServedFile file, IOException why) {
        if (file != null) {
            have(file);
        }
        if (why != null) {
            failed(why);
        }
        List<ServedFile> result;
        synchronized (this) {
            expected--;
            if (expected > 0) {
                return;
            }
            result = List.copyOf(files);
        }
        if (single && failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(result);
        }
    }
}
