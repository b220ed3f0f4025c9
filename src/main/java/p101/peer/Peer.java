package p101.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.library.Library;
import p101.library.LibraryOptions;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * One running peer: content server, library, downloads and index client on one event-loop thread. Every method may be called from
 * any thread; futures complete and consumers are called on the loop thread (use the {@code ...Async} variants before doing
 * anything slow there). After {@link #close} every future that is open ends as cancelled.
 */
public final class Peer implements AutoCloseable {
    private static final long JOIN_MILLIS = 1_000;

    private final PeerConfig config;
    private final Home home;
    private final EventLoop loop;
    private final Library library;
    private final PeerCore core;
    private final Thread thread;
    private final Promises promises = new Promises();
    private CompletableFuture<Ending> farewell;

    private Peer(PeerConfig config, Home home, EventLoop loop, Library library, PeerCore core) {
        this.config = config;
        this.home = home;
        this.loop = loop;
        this.library = library;
        this.core = core;
        this.thread = new Thread(loop::run, "p101-peer");
        thread.setDaemon(true);
    }

    /**
     * Locks the home, opens the ports, starts the loop and begins to hash what is shared from the start. It does not wait for
     * the index: see {@link #firstContact}.
     *
     * @throws PeerException when the home or the port is in use, a shared path cannot be shared, or the operating system
     *     refuses
     */
    public static Peer open(PeerConfig config, PeerListener listener) throws PeerException {
        Home home = Home.open(config.home());
        EventLoop loop = null;
        Library library = null;
        boolean opened = false;
        try {
            Files.createDirectories(config.folder());
            loop = new EventLoop(System::nanoTime);
            LibraryRelay relay = new LibraryRelay(loop, listener);
            library = Library.open(LibraryOptions.in(home.cacheFolder()), Clock.SYSTEM, relay);
            PeerCore core = PeerCore.open(config, home, loop, library, listener);
            relay.connect(core.files());
            Peer peer = new Peer(config, home, loop, library, core);
            peer.begin();
            opened = true;
            return peer;
        } catch (IOException refused) {
            throw PeerTrouble.folder(config.folder(), refused);
        } finally {
            if (!opened) {
                closeAll(library, loop, home);
            }
        }
    }

    private static void closeAll(Library libraryOrNull, EventLoop loopOrNull, Home home) {
        if (libraryOrNull != null) {
            libraryOrNull.close();
        }
        if (loopOrNull != null) {
            loopOrNull.close();
        }
        home.close();
    }

    private void begin() throws PeerException {
        core.start();
        thread.start();
        for (Path path : config.shared()) {
            try {
                library.add(path);
            } catch (IOException refused) {
                close();
                throw PeerTrouble.share(path, refused);
            }
        }
        library.startRescanning();
    }

    /** Ends as {@link Verdict#DONE} when the index first answered, {@link Verdict#SILENT} when it did not in time. */
    public CompletableFuture<Ending> firstContact() {
        return ask(core::onFirstContact);
    }

    /** The port of the content server. */
    public int port() {
        return core.port();
    }

    /** The name that new files are registered under. */
    public PeerName name() {
        return core.files().name();
    }

    /**
     * The name for what is registered from now on. Files that are registered keep theirs; shared files that were refused
     * because of the old name are tried again under the new one.
     */
    public void changeName(PeerName name) {
        loop.execute(() -> core.changeName(name));
    }

    /** Files directly in the peer's folder and all that are registered, sorted by name. Reads the folder: may block. */
    public List<LocalFile> localFiles() {
        return LocalFiles.list(config.folder(), core.files().registered());
    }

    /**
     * Hashes a file of the peer's folder, serves and registers it under the present name, or under the one that it is
     * registered under already. NOT_FOUND when there is no such file; when the index refuses it, it is not served either.
     */
    public CompletableFuture<Ending> registerFile(FileName file) {
        CompletableFuture<Ending> promise = promises.open();
        core.files().registerFile(config.folder().resolve(file.value()), promise);
        return promise;
    }

    /** Takes a file back, under the name that it was registered under. NOT_FOUND when this peer has not registered it. */
    public CompletableFuture<Ending> deregisterFile(FileName file) {
        return ask(promise -> core.files().deregisterFile(file, promise));
    }

    /**
     * Shares a file, or a folder recursively, from now on: each file is registered as soon as it is hashed, and what is new,
     * changed or gone is noticed while the peer runs. Looks at the disk at once: may block.
     *
     * @return completes with the number of files that this made available, when all were hashed or left out
     * @throws IOException when there is no such file or folder, it cannot be read, or its name is refused
     */
    public CompletableFuture<Integer> share(Path path) throws IOException {
        return library.add(path).thenApply(List::size);
    }

    /** Stops sharing what {@link #share} shared; its rows are de-registered. Returns whether it was shared. */
    public boolean unshare(Path path) {
        return library.remove(path);
    }

    /**
     * Downloads a file into {@link PeerConfig#folder} or elsewhere. While that lasts the peer is a source of the pieces that it
     * has; afterwards the file is shared and registered under this peer's name, and only then is the listener told of the end
     * (at most 2 s later). The listener is called on the loop thread.
     */
    public Transfer download(DownloadRequest request, DownloadListener listener) {
        Transfer transfer = new Transfer(loop);
        loop.execute(() -> core.download(request, listener, transfer));
        return transfer;
    }

    /** Walks the rows whose file name contains the filter ("" = all; at most 50 bytes of UTF-8). */
    public CompletableFuture<Ending> list(String filter, Consumer<ListedRow> rows) {
        return ask(promise -> core.list(filter, rows, promise));
    }

    /** Walks the sources, newest first. */
    public CompletableFuture<Ending> search(SearchQuery query, Consumer<FoundRow> rows) {
        return ask(promise -> core.search(query, rows, promise));
    }

    /** How it stands; never blocks. */
    public PeerStatus status() {
        return core.status();
    }

    /**
     * De-registers everything, within 2 s, then stops serving and frees all that the peer holds. Idempotent: every call gives the
     * same future. {@link Verdict#SILENT} when the index did not confirm it; the rows end with their lease then.
     */
    public synchronized CompletableFuture<Ending> quit() {
        if (farewell == null) {
            farewell = ask(core::leave).whenCompleteAsync((ending, failure) -> close());
        }
        return farewell;
    }

    /** Stops at once without telling the index; after {@link #quit} it only frees what is left. Idempotent. */
    @Override
    public void close() {
        library.close();
        loop.execute(core::close);
        loop.execute(loop::close);
        if (!loop.inLoop()) {
            joinLoop();
        }
        promises.cancelAll();
        home.close();
    }

    private void joinLoop() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.close();
    }

    /** Has the loop do something that ends with an ending. */
    private CompletableFuture<Ending> ask(Consumer<CompletableFuture<Ending>> task) {
        CompletableFuture<Ending> promise = promises.open();
        loop.execute(() -> task.accept(promise));
        return promise;
    }
}
