package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.Labels;
import p101.model.Root;

/**
 * The shared files of this peer: single files and folders, hashed in the background, served under their labels, looked at
 * again for what is new, changed or gone. Safe from any thread.
 *
 * <p>A file that is added is hashed at once; one that a rescan finds waits until nothing wrote to it for a second. A changed
 * file is withdrawn at once and comes back when it was hashed again.
 */
public final class Library implements Catalog, AutoCloseable {
    private final Shelf shelf;
    private final HashEngine engine;
    private final HashCache cache;
    private Thread rescanner;
    private boolean closed;

    private Library(Shelf shelf, HashEngine engine, HashCache cache) {
        this.shelf = shelf;
        this.engine = engine;
        this.cache = cache;
    }

    /**
     * An empty library. No thread runs until there is something to hash. Without the cache, when another process has it,
     * everything is hashed anew.
     *
     * @throws IOException when the state folder cannot be made or written
     */
    public static Library open(LibraryOptions options, Clock clock, LibraryListener listener) throws IOException {
        HashCache cache = options.stateFolder() == null ? null : HashCache.open(options.stateFolder());
        HashEngine engine = new HashEngine(options.hashThreads());
        return new Library(new Shelf(options.maxFiles(), clock, listener, engine, cache), engine, cache);
    }

    /**
     * Shares a file, or a folder with all below it. Looks at the disk at once; hashing goes on in threads of the library. A
     * path that leads through links is resolved first.
     *
     * @return completes with the files that can be served when all that were found are hashed or left out; for a single file
     *     that cannot be shared it fails with an IOException
     * @throws IOException when there is no such file or folder, it cannot be read, or its name is refused
     */
    public CompletableFuture<List<ServedFile>> add(Path fileOrFolder) throws IOException {
        Path real = fileOrFolder.toRealPath();
        return shelf.add(shareOf(real, FileIdentity.attributes(real)));
    }

    private static Share shareOf(Path real, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isDirectory()) {
            if (!attributes.isRegularFile()) {
                throw new IOException("only ordinary files and folders can be shared");
            }
            try {
                Share.nameOf(real);
            } catch (InvalidNameException e) {
                throw new IOException("it cannot be shared under its name: " + e.getMessage(), e);
            }
        }
        return Share.of(real, attributes);
    }

    /**
     * Shares a file whose hashes are known: a finished download. Nothing is read.
     *
     * @throws IOException when it is not there, not of this size, or its name is refused
     */
    public ServedFile addHashed(Path file, HashedFile hashed) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes = FileIdentity.attributes(real);
        if (attributes.size() != hashed.content().size()) {
            throw new FileChangedException("the file changed");
        }
        return shelf.addHashed(shareOf(real, attributes), real, FileIdentity.of(attributes), hashed);
    }

    /**
     * No longer shares a file or folder; a file below a shared folder stays out until it is added again.
     *
     * @return whether it was shared
     */
    public boolean remove(Path fileOrFolder) {
        return shelf.remove(realOrGiven(fileOrFolder));
    }

    private static Path realOrGiven(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Gone already: its name is enough to forget it.
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * No longer shares the file registered under this label; a rescan does not bring it back.
     *
     * @return whether there was one
     */
    public boolean remove(FileName label) {
        Optional<Path> path = byLabel(label).flatMap(this::pathOf);
        return path.isPresent() && shelf.remove(path.get());
    }

    /** Serves a file in download too, until {@link #removePartial}. Fires no event. */
    public void addPartial(ServedFile partial) {
        shelf.table().addPartial(partial);
    }

    /** Ends what {@link #addPartial} began. */
    public void removePartial(ServedFile partial) {
        shelf.table().remove(partial);
    }

    /** The files that can be served whole, in the order of their labels. */
    public List<ServedFile> files() {
        return shelf.table().whole();
    }

    /** Where a file of this library is on the disk. */
    public Optional<Path> pathOf(ServedFile file) {
        if (file instanceof SharedFile shared) {
            return Optional.of(shared.path());
        }
        return file instanceof PartialFile partial ? Optional.of(partial.path()) : Optional.empty();
    }

    /** The label that a file of this name gets unless another file of the library has it (spec/PDU.md, section 5). */
    public static FileName labelOf(FileName fullName) {
        return Labels.of(fullName);
    }

    /**
     * Looks at all shared files and folders for what is new, changed or gone. Reads the disk; call it from a thread that may
     * wait.
     *
     * @return nanoseconds to wait until the next call: 2 s, or more when the walk takes long
     */
    public long rescan() {
        return shelf.rescan();
    }

    /** Rescans from now on in a thread of the library, until {@link #close}. */
    public synchronized void startRescanning() {
        if (rescanner == null && !closed) {
            rescanner = new Thread(this::rescanUntilClosed, "p101-rescan");
            rescanner.setDaemon(true);
            rescanner.start();
        }
    }

    private void rescanUntilClosed() {
        while (pause(shelf.rescan())) {
            // The pause says whether to go on.
        }
    }

    private synchronized boolean pause(long nanos) {
        try {
            if (!closed) {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** How far hashing is. */
    public HashProgress progress() {
        return shelf.progress();
    }

    @Override
    public Optional<ServedFile> byRoot(Root root) {
        return shelf.table().byRoot(root);
    }

    @Override
    public Optional<ServedFile> byHint(ContentId id) {
        return shelf.table().byHint(id);
    }

    @Override
    public Optional<ServedFile> byLabel(FileName label) {
        return shelf.table().byLabel(label);
    }

    /** Ends all threads of the library and closes its cache; files that are open stay readable. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        shelf.close();
        engine.close();
        try {
            if (cache != null) {
                cache.close();
            }
        } catch (IOException e) {
            // Nothing is lost: each record was written when it was made.
        }
    }
}
