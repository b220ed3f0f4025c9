package p101.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import p101.model.Clock;

/** A shared file on its way through the hash engine: opened like one that is served, and refused when it changed meanwhile. */
final class FileHashing implements HashJob.Source, HashJob.Outcome {
    private final Shelf shelf;
    private final Entry entry;
    private final FileIdentity identity;
    private final Clock clock;
    private final AtomicLong hashedBytes = new AtomicLong();
    private volatile long startMillis;

    /** The entry's identity is taken now; the shelf's lock is held. */
    FileHashing(Shelf shelf, Entry entry, Clock clock) {
        this.shelf = shelf;
        this.entry = entry;
        this.identity = entry.identity();
        this.clock = clock;
    }

    @Override
    public FileChannel open() throws IOException {
        startMillis = clock.unixMillis();
        Path root = entry.share().root();
        return BelowRoot.open(root, root.relativize(entry.path()), identity);
    }

    @Override
    public void confirm() throws IOException {
        identity.confirm(entry.path());
    }

    @Override
    public void onBytes(long bytes) {
        hashedBytes.addAndGet(bytes);
        shelf.onHashing(bytes);
    }

    @Override
    public void onHashed(HashedFile hashed) {
        shelf.onHashed(entry, identity, startMillis, hashed);
    }

    @Override
    public void onFailed(IOException why) {
        shelf.onNotHashed(entry, identity, identity.size() - hashedBytes.get(), why);
    }
}
