package p101.library;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import p101.model.Clock;
import p101.model.FileName;
import p101.model.InvalidNameException;

/**
 * The state of a library: its shares, an {@link Entry} for each path below them, and what is served of these. Walks of the
 * disk come one after the other; everything else is guarded by this object. Events leave without any lock.
 */
final class Shelf {
    /** Nothing may have written to a new file for so long before it is hashed. */
    static final long QUIET_MILLIS = 1_000;

    private static final long MIN_RESCAN_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A walk may take a twentieth of the time. */
    private static final long WALK_TIMES_TO_WAIT = 20;

    private final int maxFiles;
    private final Clock clock;
    private final LibraryEvents events;
    private final Remarks remarks;
    private final HashEngine engine;
    private final HashCache cache;
    private final FileTable table = new FileTable();
    private final HashTally tally;
    private final Object walkLock = new Object();

    private final Map<Path, Share> shares = new LinkedHashMap<>();
    private final Map<Path, Entry> entries = new HashMap<>();
    private final Set<Path> excluded = new HashSet<>();
    private int scan;
    private boolean closed;

    Shelf(int maxFiles, Clock clock, LibraryListener listener, HashEngine engine, HashCache cache) {
        this.maxFiles = maxFiles;
        this.clock = clock;
        this.events = new LibraryEvents(listener);
        this.remarks = new Remarks(events);
        this.tally = new HashTally(clock, events);
        this.engine = engine;
        this.cache = cache;
    }

    FileTable table() {
        return table;
    }

    HashProgress progress() {
        return tally.snapshot();
    }

    CompletableFuture<List<ServedFile>> add(Share share) {
        Batch batch = new Batch(share.single() != null);
        synchronized (walkLock) {
            Share known;
            synchronized (this) {
                known = shares.computeIfAbsent(share.path(), path -> share);
                excluded.removeIf(path -> share.covers(path));
            }
            walk(known, batch);
        }
        events.add(listener -> batch.done(null, null));
        events.deliver();
        return batch.future();
    }

    long rescan() {
        long start = clock.nowNanos();
        synchronized (walkLock) {
            List<Share> all;
            synchronized (this) {
                scan++;
                remarks.beginLook();
                all = List.copyOf(shares.values());
            }
            for (Share share : all) {
                walk(share, null);
            }
            dropUnseen();
        }
        events.deliver();
        return Math.max(MIN_RESCAN_NANOS, WALK_TIMES_TO_WAIT * (clock.nowNanos() - start));
    }

    private void walk(Share share, Batch batch) {
        List<Found> fresh = new ArrayList<>();
        share.walk(new Share.Visitor() {
            @Override
            public void onFile(Path file, BasicFileAttributes attributes) {
                FileIdentity identity = FileIdentity.of(attributes);
                if (!isKnown(file, identity, batch)) {
                    fresh.add(new Found(file, identity));
                }
            }

            @Override
            public void onSkipped(Path path, String reason) {
                report(path, reason, batch);
            }

            @Override
            public void onUnread(Path path, IOException why) {
                remarks.unread(path, why);
                fail(batch, why);
            }
        });
        // In order, so that of two files that would share a name the same one has it after every start.
        fresh.sort(Comparator.comparing(Found::path));
        for (Found found : fresh) {
            consider(found, share, batch);
        }
    }

    /** Whether there is nothing to do about a file; it is marked as seen then. */
    private synchronized boolean isKnown(Path path, FileIdentity identity, Batch batch) {
        Entry entry = entries.get(path);
        if (entry == null || !entry.identity().equals(identity)) {
            return false;
        }
        entry.seenIn(scan);
        switch (entry.state()) {
            case WAITING:
                return false;
            case LEFT_OUT:
                return batch == null && !(entry.isUnreadable() && Files.isReadable(path));
            case HASHING:
                join(entry, batch);
                return true;
            default:
                keepWhenSettled(entry);
                if (batch != null) {
                    batch.have(entry.served());
                }
                return true;
        }
    }

    private static void fail(Batch batch, IOException failure) {
        if (batch != null) {
            batch.failed(failure);
        }
    }

    private static void join(Entry entry, Batch batch) {
        if (batch != null) {
            batch.expect();
            entry.addWaiter(batch);
        }
    }

    private void keepWhenSettled(Entry entry) {
        if (entry.uncached() != null && cache != null && entry.identity().isSettled(clock.unixMillis())) {
            cache.put(entry.path(), entry.identity(), entry.uncached());
            entry.setUncached(null);
        }
    }

    /** A file that is new, changed, or was not quiet before. Without a batch it is not somebody's wish, and may wait. */
    private synchronized void consider(Found found, Share share, Batch batch) {
        if (closed || excluded.contains(found.path()) || shares.get(share.path()) != share) {
            return;
        }
        Entry entry = entries.get(found.path());
        boolean seenBefore = entry != null && entry.identity().equals(found.identity());
        if (entry == null) {
            if (entries.size() >= maxFiles) {
                report(share.path(), "has more than " + maxFiles + " files; the rest is left out", batch);
                return;
            }
            entry = new Entry(found.path(), share, found.identity());
            entries.put(found.path(), entry);
        } else if (!seenBefore) {
            withdraw(entry, found.identity());
        }
        entry.seenIn(scan);
        if (batch != null || isQuiet(found.identity(), seenBefore)) {
            prepare(entry, batch);
        }
    }

    private boolean isQuiet(FileIdentity identity, boolean seenBefore) {
        long now = clock.unixMillis();
        long age = now - identity.modifiedMillis();
        return age < 0 ? seenBefore : age > QUIET_MILLIS && identity.isSettled(now);
    }

    /** Serves a file from what the cache knows, or has it hashed. */
    private void prepare(Entry entry, Batch batch) {
        try {
            nameIt(entry);
        } catch (InvalidNameException e) {
            entry.leaveOut(false);
            report(entry.path(), "has a name that is refused: " + e.getMessage(), batch);
            return;
        }
        HashedFile known = cache == null ? null : cache.find(entry.path(), entry.identity());
        if (known != null) {
            SharedFile file = serve(entry, known, true);
            if (batch != null) {
                batch.have(file);
            }
            return;
        }
        entry.hashing();
        join(entry, batch);
        tally.begin(entry.identity().size());
        FileHashing hashing = new FileHashing(this, entry, clock);
        engine.submit(new HashJob(entry.identity().size(), hashing, hashing));
    }

    /** Labels are given in the order of the paths, not in that in which hashing ends. */
    private void nameIt(Entry entry) {
        if (entry.label() == null) {
            FileName name = Share.nameOf(entry.path());
            entry.call(name, table.takeLabel(name, entry.share(), entry.path()));
        }
    }

    private SharedFile serve(Entry entry, HashedFile hashed, boolean cached) {
        FileIdentity identity = entry.identity();
        PieceHashes pieces = hashed.pieces();
        SharedFile.Hashes hashes = null;
        if (pieces.count() > 1) {
            hashes = cached ? () -> cachedHashes(entry, identity) : () -> pieces;
        }
        SharedFile file = new SharedFile(
                entry.share().root(), entry.path(), entry.name(), entry.label(), identity, hashed.content(), hashes);
        entry.serve(file);
        table.addWhole(file);
        events.add(listener -> listener.onAdded(file));
        return file;
    }

    /** Piece hashes that only the cache has. When it lost them, the file is hashed again. */
    private PieceHashes cachedHashes(Entry entry, FileIdentity identity) throws IOException {
        HashedFile hashed = cache.find(entry.path(), identity);
        if (hashed != null) {
            return hashed.pieces();
        }
        synchronized (this) {
            if (entry.identity() == identity && !closed) {
                withdraw(entry, identity);
            }
        }
        events.deliver();
        throw new IOException("the hashes of the file were lost, it is hashed again");
    }

    ServedFile addHashed(Share share, Path path, FileIdentity identity, HashedFile hashed) {
        SharedFile file;
        synchronized (this) {
            Share owner = covering(path, share);
            excluded.remove(path);
            Entry entry = entries.computeIfAbsent(path, key -> new Entry(key, owner, identity));
            withdraw(entry, identity);
            entry.seenIn(scan);
            entry.setUncached(hashed);
            nameIt(entry);
            file = serve(entry, hashed, false);
        }
        events.deliver();
        return file;
    }

    private Share covering(Path path, Share otherwise) {
        for (Share share : shares.values()) {
            if (share.covers(path)) {
                return share;
            }
        }
        shares.put(otherwise.path(), otherwise);
        return otherwise;
    }

    boolean remove(Path path) {
        boolean found;
        synchronized (this) {
            Share share = shares.remove(path);
            Entry entry = entries.get(path);
            found = share != null || entry != null;
            if (share != null) {
                dropAll(other -> other.share() == share);
            } else if (entry != null) {
                excluded.add(path);
                dropAll(other -> other == entry);
            }
        }
        events.deliver();
        return found;
    }

    private synchronized void dropUnseen() {
        dropAll(entry -> !entry.isSeenIn(scan) && !remarks.isUnread(entry.path()));
    }

    private void dropAll(Predicate<Entry> condition) {
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (condition.test(entry)) {
                all.remove();
                withdraw(entry, null);
                if (entry.label() != null) {
                    table.releaseLabel(entry.label());
                }
            }
        }
    }

    /** What was served no longer is, what is being hashed no longer counts. */
    private void withdraw(Entry entry, FileIdentity identity) {
        SharedFile served = entry.served();
        if (served != null) {
            table.remove(served);
            events.add(listener -> listener.onRemoved(served));
        }
        entry.waitAs(identity);
        tell(entry.takeWaiters(), null, new FileChangedException("the file changed"));
    }

    void onHashing(long bytes) {
        tally.bytes(bytes);
    }

    void onHashed(Entry entry, FileIdentity identity, long startMillis, HashedFile hashed) {
        synchronized (this) {
            if (isCurrent(entry, identity)) {
                boolean cached =
                        cache != null && identity.isSettled(startMillis) && cache.put(entry.path(), identity, hashed);
                tell(entry.takeWaiters(), serve(entry, hashed, cached), null);
            }
        }
        tally.end(0);
    }

    /** @param unread bytes that were to be hashed and were not */
    void onNotHashed(Entry entry, FileIdentity identity, long unread, IOException why) {
        synchronized (this) {
            if (isCurrent(entry, identity)) {
                if (why instanceof FileChangedException) {
                    entry.waitAs(identity);
                } else if (why instanceof FileSystemException && !Share.saysSomething(why)) {
                    entry.waitAs(identity);
                    remarks.unread(entry.path(), why);
                } else {
                    entry.leaveOut(true);
                    report(entry.path(), "cannot be read", null);
                }
                tell(entry.takeWaiters(), null, why);
            }
        }
        tally.end(unread);
    }

    /** Whether this is still the file and its hashing. */
    private boolean isCurrent(Entry entry, FileIdentity identity) {
        return entry.identity() == identity && entry.state() == Entry.State.HASHING && !closed;
    }

    /** Waiters hear after the listener did. */
    private void tell(List<Batch> waiters, SharedFile file, IOException failure) {
        for (Batch batch : waiters) {
            events.add(listener -> batch.done(file, failure));
        }
    }

    private void report(Path path, String reason, Batch batch) {
        fail(batch, new IOException("it " + reason));
        remarks.leftOut(path, reason);
    }

    /** Nothing is served anew; who still waits for a file hears that. */
    void close() {
        synchronized (this) {
            closed = true;
            for (Entry entry : entries.values()) {
                tell(entry.takeWaiters(), null, new IOException("the library was closed"));
            }
        }
        events.deliver();
    }
}
