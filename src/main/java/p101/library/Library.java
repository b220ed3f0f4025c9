package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import p101.model.Clock;
import p101.model.Content;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.Root;

/** The shared files of this peer. Safe from any thread. */
public final class Library implements Catalog, AutoCloseable {
    private Library() {}

    /**
     * An empty library. No thread runs until there is something to hash.
     *
     * @throws IOException when the state folder cannot be made or written
     */
    public static Library open(LibraryOptions options, Clock clock, LibraryListener listener) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Shares a file, or a folder with all below it. Looks at the disk at once; hashing goes on in threads of the library.
     *
     * @return completes with the files that this made available when all of them were hashed or left out; for a single file
     *     that cannot be shared it fails with an IOException
     * @throws IOException when there is no such file or folder, it cannot be read, or its name is refused
     */
    public CompletableFuture<List<ServedFile>> add(Path fileOrFolder) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Shares a file whose hashes are known: a finished download. Nothing is read.
     *
     * @throws IOException when it is not there, not of this size, or its name is refused
     */
    public ServedFile addHashed(Path file, HashedFile hashed) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * No longer shares a file or folder.
     *
     * @return whether it was shared
     */
    public boolean remove(Path fileOrFolder) {
        throw new UnsupportedOperationException();
    }

    /**
     * No longer shares the file registered under this label; a rescan does not bring it back.
     *
     * @return whether there was one
     */
    public boolean remove(FileName label) {
        throw new UnsupportedOperationException();
    }

    /** Serves a file in download too, until {@link #removePartial}. Fires no event. */
    public void addPartial(ServedFile partial) {
        throw new UnsupportedOperationException();
    }

    public void removePartial(ServedFile partial) {
        throw new UnsupportedOperationException();
    }

    /** The files that can be served whole, by label. */
    public List<ServedFile> files() {
        throw new UnsupportedOperationException();
    }

    /** Where a file of this library is on the disk. */
    public Optional<Path> pathOf(ServedFile file) {
        throw new UnsupportedOperationException();
    }

    /** The label that a file of this name and content has or would get if nothing else has it. */
    public static FileName labelOf(FileName fullName) {
        throw new UnsupportedOperationException();
    }

    /**
     * Looks at all shared files and folders for what is new, changed or gone. Reads the disk; call it from a thread that may
     * wait.
     *
     * @return how long to wait until the next call: 2 s, or more when the walk takes long
     */
    public long rescan() {
        throw new UnsupportedOperationException();
    }

    /** Rescans from now on in a thread of the library. */
    public void startRescanning() {
        throw new UnsupportedOperationException();
    }

    /** How far hashing is. */
    public HashProgress progress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ServedFile> byRoot(Root root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ServedFile> byHint(ContentId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ServedFile> byLabel(FileName label) {
        throw new UnsupportedOperationException();
    }

    /** Ends all threads of the library and closes its cache; files that are open stay readable. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** A finished download as a shared file. */
    public static HashedFile hashed(Content content, Manifest manifest) {
        return new HashedFile(content, manifest.pieces());
    }
}
