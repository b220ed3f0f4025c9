package p101.library;

import java.util.concurrent.TimeUnit;
import p101.model.Clock;

/** Counts hashing from one idle moment to the next, and tells the listener now and then. Safe from any thread. */
final class HashTally {
    private static final long NANOS_BETWEEN_REPORTS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Clock clock;
    private final LibraryEvents events;
    private int filesDone;
    private int filesTotal;
    private long bytesDone;
    private long bytesTotal;
    private long lastReportNanos;

    HashTally(Clock clock, LibraryEvents events) {
        this.clock = clock;
        this.events = events;
        this.lastReportNanos = clock.nowNanos() - NANOS_BETWEEN_REPORTS;
    }

    synchronized void begin(long bytes) {
        if (filesDone == filesTotal) {
            filesDone = 0;
            filesTotal = 0;
            bytesDone = 0;
            bytesTotal = 0;
        }
        filesTotal++;
        bytesTotal += bytes;
    }

    void bytes(long count) {
        synchronized (this) {
            bytesDone += count;
            report(false);
        }
        events.deliver();
    }

    /**
     * A file is done, well or not.
     *
     * @param unread bytes that were to be hashed and were not
     */
    void end(long unread) {
        synchronized (this) {
            filesDone++;
            bytesDone += unread;
            report(filesDone == filesTotal);
        }
        events.deliver();
    }

    private void report(boolean atOnce) {
        long now = clock.nowNanos();
        if (atOnce || now - lastReportNanos >= NANOS_BETWEEN_REPORTS) {
            lastReportNanos = now;
            HashProgress progress = snapshot();
            events.add(listener -> listener.onProgress(progress));
        }
    }

    synchronized HashProgress snapshot() {
        return new HashProgress(filesDone, filesTotal, bytesDone, bytesTotal);
    }
}
