package p101.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * One running peer: content server, library and index client on one event-loop thread. Every method may be called from any
 * thread; futures complete on the loop thread (use the {@code ...Async} variants before doing anything slow), consumers are
 * called there.
 */
public final class Peer implements AutoCloseable {
    private final PeerConfig config;

    private Peer(PeerConfig config) {
        this.config = config;
    }

    /**
     * Locks the home, opens the ports and starts the loop. It does not wait for the index: see {@link #firstContact}.
     *
     * @throws PeerException when the home or the port is in use, or the operating system refuses
     */
    public static Peer open(PeerConfig config, PeerListener listener) throws PeerException {
        return new Peer(config);
    }

    /** Ends as {@link Verdict#DONE} when the index first answered, {@link Verdict#SILENT} when it did not in time. */
    public CompletableFuture<Ending> firstContact() {
        return CompletableFuture.completedFuture(Ending.CANCELLED);
    }

    /** The port of the content server. */
    public int port() {
        return config.port();
    }

    public PeerName name() {
        return config.name();
    }

    /** The name for what is registered from now on; files that are registered keep theirs. Refused ones are tried again. */
    public void changeName(PeerName name) {}

    /** Files directly in the peer's folder and all that are registered, sorted by name. Reads the folder: may block. */
    public List<LocalFile> localFiles() {
        return List.of();
    }

    /** Hashes a file of the peer's folder, serves and registers it. NOT_FOUND when there is no such file. */
    public CompletableFuture<Ending> registerFile(FileName file) {
        return CompletableFuture.completedFuture(Ending.CANCELLED);
    }

    /** Takes a file back, under the name that it was registered under. NOT_FOUND when this peer has not registered it. */
    public CompletableFuture<Ending> deregisterFile(FileName file) {
        return CompletableFuture.completedFuture(Ending.CANCELLED);
    }

    /**
     * Shares a file, or a folder recursively, from now on: each file is registered as soon as it is hashed, and what is new,
     * changed or gone is noticed while the peer runs. Looks at the disk at once: may block.
     *
     * @return completes with the number of files that this made available, when all were hashed or left out
     * @throws IOException when there is no such file or folder, it cannot be read, or its name is refused
     */
    public CompletableFuture<Integer> share(Path path) throws IOException {
        throw new IOException("not built yet: " + path);
    }

    /** Stops sharing what {@link #share} shared; its rows are de-registered. Returns whether it was shared. */
    public boolean unshare(Path path) {
        return false;
    }

    /**
     * Downloads a file into {@link PeerConfig#folder} or elsewhere. While that lasts the peer is a source of the pieces that it
     * has; afterwards the file is shared and registered under this peer's name, and only then is the listener told of the end
     * (at most 2 s later). The listener is called on the loop thread.
     */
    public Transfer download(DownloadRequest request, DownloadListener listener) {
        return new Transfer();
    }

    /** Walks the rows whose file name contains the filter ("" = all). */
    public CompletableFuture<Ending> list(String filter, Consumer<ListedRow> rows) {
        return CompletableFuture.completedFuture(Ending.CANCELLED);
    }

    /** Walks the sources, newest first. */
    public CompletableFuture<Ending> search(SearchQuery query, Consumer<FoundRow> rows) {
        return CompletableFuture.completedFuture(Ending.CANCELLED);
    }

    public PeerStatus status() {
        return new PeerStatus(config.name(), config.port(), 0, 0, 0, false, 0);
    }

    /** De-registers everything, within 2 s, then stops serving. Idempotent. */
    public CompletableFuture<Ending> quit() {
        return CompletableFuture.completedFuture(Ending.DONE);
    }

    /** Stops at once without telling the index; after {@link #quit} it only frees what is left. */
    @Override
    public void close() {}
}
