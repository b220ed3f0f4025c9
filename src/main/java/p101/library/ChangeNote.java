package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps in the journal of a partial file when we ourselves changed the file last, so that a later change by somebody else shows.
 *
 * <p>A killed process has no last word, so the note is written ahead: whoever is about to write renews it first when it is
 * older than {@value #RENEW_MILLIS} ms. A file system gives a write the time at which it begins, so whatever the process had
 * written when it was killed bears a time at most that much after the note, give or take a tick of the kernel's clock (up to
 * 10 ms) and the moment between looking at the clock and writing. {@value #OWN_MILLIS} ms leave room for these. When they do
 * not suffice (the thread lost its processor just then, or a network drive writes later) what was verified is hashed again,
 * which costs time and nothing else. Safe from any thread.
 */
final class ChangeNote {
    /** How old a note may be when we write. Two small writes each, so ten a second do not show. */
    static final long RENEW_MILLIS = 100;

    /** How much later than the note the file may have been changed by ourselves. */
    static final long OWN_MILLIS = 150;

    private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(RENEW_MILLIS);
    private static final long OWN_NANOS = TimeUnit.MILLISECONDS.toNanos(OWN_MILLIS);

    private final PartialStore store;
    private final long offset;

    /** When it was written last, by {@link System#nanoTime}. */
    private final AtomicLong writtenNanos = new AtomicLong(System.nanoTime() - RENEW_NANOS);

    /**
     * @param offset where in the file the note is kept
     */
    ChangeNote(PartialStore store, long offset) {
        this.store = store;
        this.offset = offset;
    }

    /** Whether nobody but ourselves changed the file, as far as its times tell. */
    static boolean explains(long notedNanos, ChangeTimes times) {
        long latest = notedNanos + OWN_NANOS;
        return times.modifiedNanos() >= notedNanos && times.modifiedNanos() <= latest && times.changedNanos() <= latest;
    }

    /** To be called before each write. */
    void beforeWrite() throws IOException {
        long now = System.nanoTime();
        long written = writtenNanos.get();
        if (now - written >= RENEW_NANOS && writtenNanos.compareAndSet(written, now)) {
            write();
        }
    }

    /** Notes the present. */
    void write() throws IOException {
        // Only the file system knows its clock: the first write moves the file's time to the present, the second notes
        // it.
        try {
            put(store.changeTimes().modifiedNanos());
            put(store.changeTimes().modifiedNanos());
        } catch (NoSuchFileException deleted) {
            // Somebody took the name away; nobody will go on with this file, and its end will say so.
        }
    }

    private void put(long nanos) throws IOException {
        store.write(ByteBuffer.allocate(Long.BYTES).putLong(0, nanos), offset);
    }
}
