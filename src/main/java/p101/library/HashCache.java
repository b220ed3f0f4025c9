package p101.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import p101.model.Root;

/**
 * What was hashed once, on the disk: a restart does not read everything again, and large piece layers need not stay in memory.
 *
 * <p>An append-only file: a header, then {@link CacheRecord}s; of two for one path the later holds. Reading ends at the first
 * record that is not sound, and the rest is cut off, so that a crash or a damaged disk costs hashing, never a wrong hash: each
 * record is checked again, down to its root, when it is used. When most of it is out of date, opening rewrites it. Safe from
 * any thread. One process has it at a time; another works without.
 */
final class HashCache implements Closeable {
    static final String FILE_NAME = "hashes";
    static final int HEADER_BYTES = 16;

    /** Above this nothing is added; when it is opened the next time, the newer half stays. */
    static final long MAX_BYTES = 512L << 20;

    private static final long MAGIC = 0x7031_3031_6861_7368L;
    private static final long VERSION = 1;

    /** Less than this is never rewritten. */
    private static final long MIN_COMPACTION_BYTES = 1L << 20;

    /**
     * Where a record lies.
     *
     * @param offset of its header in the file
     * @param length with its header
     */
    private record Slot(long offset, int length) {}

    private final FileChannel file;
    private final Map<Long, Slot> slots = new HashMap<>();
    private long end = HEADER_BYTES;
    private boolean broken;

    private HashCache(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens the cache of a folder, which is made when missing.
     *
     * @return {@code null} when another process has it
     */
    static HashCache open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(FILE_NAME);
        HashCache cache = openFile(path);
        if (cache != null && cache.isWorthRewriting()) {
            try {
                cache.writeLiveRecords(path.resolveSibling(FILE_NAME + ".new"));
            } finally {
                cache.close();
            }
            Files.move(path.resolveSibling(FILE_NAME + ".new"), path, StandardCopyOption.ATOMIC_MOVE);
            cache = openFile(path);
        }
        return cache;
    }

    private static HashCache openFile(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (file.tryLock() == null) {
                file.close();
                return null;
            }
            HashCache cache = new HashCache(file);
            cache.load();
            return cache;
        } catch (OverlappingFileLockException e) {
            file.close();
            return null;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void load() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        long length = file.size();
        if (!readFully(header, 0) || header.getLong(0) != MAGIC || header.getLong(8) != VERSION) {
            file.truncate(0);
            file.write(header.clear().putLong(0, MAGIC).putLong(8, VERSION), 0);
            return;
        }
        CacheScan scan = new CacheScan(file, HEADER_BYTES, length);
        for (String path = scan.next(); path != null; path = scan.next()) {
            slots.put(slotKey(path), new Slot(scan.recordOffset(), scan.recordLength()));
        }
        end = scan.position();
        if (end < length) {
            file.truncate(end);
        }
    }

    private boolean isWorthRewriting() {
        return end > MIN_COMPACTION_BYTES && (liveBytes() < end / 2 || end > MAX_BYTES);
    }

    private long liveBytes() {
        return slots.values().stream().mapToLong(Slot::length).sum();
    }

    /** Copies what still holds, the newest first to be counted, at most half of what is allowed. */
    private void writeLiveRecords(Path target) throws IOException {
        List<Slot> newestFirst = new ArrayList<>(slots.values());
        newestFirst.sort(Comparator.comparingLong(Slot::offset).reversed());
        List<Slot> kept = new ArrayList<>();
        long bytes = 0;
        for (Slot slot : newestFirst) {
            bytes += slot.length();
            if (bytes > MAX_BYTES / 2) {
                break;
            }
            kept.add(slot);
        }
        kept.sort(Comparator.comparingLong(Slot::offset));
        try (FileChannel out = FileChannel.open(
                target,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS)) {
            out.write(ByteBuffer.allocate(HEADER_BYTES).putLong(0, MAGIC).putLong(8, VERSION));
            for (Slot slot : kept) {
                copy(slot, out);
            }
        }
    }

    private void copy(Slot slot, FileChannel out) throws IOException {
        long done = 0;
        while (done < slot.length()) {
            long count = file.transferTo(slot.offset() + done, slot.length() - done, out);
            if (count <= 0) {
                throw new IOException("the hash cache was truncated");
            }
            done += count;
        }
    }

    /** What is known of the file with this path and exactly this identity; {@code null} when nothing is. */
    HashedFile find(Path path, FileIdentity identity) {
        String text = textOf(path);
        CacheRecord record = read(text);
        boolean same = record != null
                && record.path().equals(text)
                && record.identity().size() == identity.size()
                && record.identity().modifiedNanos() == identity.modifiedNanos()
                && record.identity().key().equals(identity.keyText());
        return same ? record.hashed() : null;
    }

    /** A path remembers the text that it was asked for; a copy is asked here, as the library keeps very many paths. */
    private static String textOf(Path path) {
        return path.resolveSibling(path.getFileName()).toString();
    }

    private CacheRecord read(String path) {
        Slot slot;
        synchronized (this) {
            slot = slots.get(slotKey(path));
        }
        if (slot == null) {
            return null;
        }
        try {
            ByteBuffer record = ByteBuffer.allocate(slot.length());
            return readFully(record, slot.offset())
                    ? CacheRecord.decode(
                            record.slice(CacheRecord.HEADER_BYTES, slot.length() - CacheRecord.HEADER_BYTES),
                            record.getInt(4))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Keeps what was hashed.
     *
     * @return whether it can be found from now on
     */
    synchronized boolean put(Path path, FileIdentity identity, HashedFile hashed) {
        CacheRecord record = new CacheRecord(textOf(path), identity, hashed);
        if (broken || !record.fits()) {
            return false;
        }
        ByteBuffer bytes = record.encode();
        int length = bytes.limit();
        if (end + length > MAX_BYTES) {
            return false;
        }
        try {
            for (long at = end; bytes.hasRemaining(); ) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            // A full disk: what is half written is never found, and cut off at the next start.
            broken = true;
            return false;
        }
        slots.put(slotKey(record.path()), new Slot(end, length));
        end += length;
        return true;
    }

    private boolean readFully(ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            int count = file.read(bytes, at);
            if (count <= 0) {
                return false;
            }
            at += count;
        }
        bytes.flip();
        return true;
    }

    /** 64 bits stand for the path in memory; the record has it in full. */
    private static Long slotKey(String path) {
        byte[] digest = Merkle.sha256().digest(path.getBytes(StandardCharsets.UTF_8));
        return Root.of(digest).a();
    }

    synchronized int size() {
        return slots.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
