package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import p101.library.FileChangedException;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/**
 * The files that are open for reading, shared by all connections, the least recently used first to go. So ten thousand
 * readers of one file need one descriptor, and a deleted file's space is free again soon. Loop thread.
 */
final class OpenFiles {
    /** How long a file stays open after its last use. */
    static final long KEEP_OPEN_NANOS = 10_000_000_000L;

    private final EventLoop loop;
    private final int most;
    /** In the order of use, the longest unused first. */
    private final Map<ServedFile, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private TimerHandle sweep;

    OpenFiles(EventLoop loop, int most) {
        this.loop = loop;
        this.most = most;
    }

    /**
     * Opens the file unless it is open.
     *
     * @throws FileChangedException when it is no longer what was hashed
     * @throws IOException when it cannot be opened
     */
    void open(ServedFile file) throws IOException {
        entry(file);
    }

    /**
     * Fills the buffer from a position. A failure is believed only when it comes again after opening anew: an interrupt closes
     * the channel that is being read, for all its readers, and that says nothing about the file.
     *
     * @throws FileChangedException when the file is no longer what was hashed, or ends before the buffer is full
     * @throws IOException when reading fails
     */
    void readFully(ServedFile file, ByteBuffer into, long position) throws IOException {
        int start = into.position();
        try {
            read(file, into, position);
        } catch (IOException first) {
            drop(file);
            into.position(start);
            readAgain(file, into, position);
        }
    }

    private void readAgain(ServedFile file, ByteBuffer into, long position) throws IOException {
        try {
            read(file, into, position);
        } catch (IOException e) {
            drop(file);
            throw e;
        }
    }

    private void read(ServedFile file, ByteBuffer into, long position) throws IOException {
        ServedFile.Reader reader = entry(file).reader;
        long at = position;
        while (into.hasRemaining()) {
            int count = reader.read(into, at);
            if (count <= 0) {
                throw new FileChangedException("the file ends before byte " + (at + 1));
            }
            at += count;
        }
    }

    private Entry entry(ServedFile file) throws IOException {
        Entry entry = entries.get(file);
        if (entry == null) {
            entry = new Entry(file.open());
            entries.put(file, entry);
            if (entries.size() > most) {
                closeFirst();
            }
            if (sweep == null) {
                sweep = loop.schedule(KEEP_OPEN_NANOS, this::sweep);
            }
        }
        entry.lastUseNanos = loop.nowNanos();
        return entry;
    }

    /** Files open now. */
    int size() {
        return entries.size();
    }

    void close() {
        while (!entries.isEmpty()) {
            closeFirst();
        }
        if (sweep != null) {
            sweep.cancel();
            sweep = null;
        }
    }

    private void sweep() {
        sweep = null;
        long nowNanos = loop.nowNanos();
        while (!entries.isEmpty() && nowNanos - entries.values().iterator().next().lastUseNanos >= KEEP_OPEN_NANOS) {
            closeFirst();
        }
        if (!entries.isEmpty()) {
            sweep = loop.schedule(KEEP_OPEN_NANOS, this::sweep);
        }
    }

    private void closeFirst() {
        Iterator<Entry> first = entries.values().iterator();
        Entry entry = first.next();
        first.remove();
        entry.close();
    }

    private void drop(ServedFile file) {
        Entry entry = entries.remove(file);
        if (entry != null) {
            entry.close();
        }
    }

    private static final class Entry {
        final ServedFile.Reader reader;
        long lastUseNanos;

        Entry(ServedFile.Reader reader) {
            this.reader = reader;
        }

        void close() {
            try {
                reader.close();
            } catch (IOException onlyRead) {
                // Nothing was written through it, so nothing can be lost.
            }
        }
    }
}
