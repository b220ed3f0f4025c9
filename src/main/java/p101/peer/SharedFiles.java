package p101.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * Keeps what is registered in step with what the library has. Each file stays under the name that it was registered under,
 * also when the peer's name has changed since. Methods without a note belong to the loop thread.
 */
final class SharedFiles implements SharedDownload.Sharer {
    private final EventLoop loop;
    private final Library library;
    private final PeerListener listener;
    private Registrations registrations;
    private IndexPort index;
    private int sharedFiles;

    /** Files that are registered one by one: whoever asked for it acts, not the event of the library. */
    private final Set<Path> byHand = ConcurrentHashMap.newKeySet();

    /** Shared files that were refused because of the name, to be tried under another. */
    private final Map<FileName, Advert> refusedForName = new LinkedHashMap<>();

    /** What the index has accepted. */
    private final Map<FileName, Advert> registered = new ConcurrentHashMap<>();

    private volatile PeerName name;

    SharedFiles(EventLoop loop, Library library, PeerName name, PeerListener listener) {
        this.loop = loop;
        this.library = library;
        this.name = name;
        this.listener = listener;
    }

    /** Said once, before anything happens. */
    void connect(Sharing sharing) {
        registrations = sharing.registrations();
        index = sharing.index();
    }

    /** Any thread. */
    PeerName name() {
        return name;
    }

    /** What the index has accepted; any thread. */
    Collection<Advert> registered() {
        return registered.values();
    }

    int count() {
        return sharedFiles;
    }

    @Override
    public Library library() {
        return library;
    }

    @Override
    public Registrations registrations() {
        return registrations;
    }

    @Override
    public void settle() {
        index.settle();
    }

    @Override
    public Advert advert(ServedFile file, int rowFlags) {
        return new Advert(
                name,
                file.label(),
                rowFlags,
                file.content().size(),
                file.content().id());
    }

    void changeName(PeerName newName) {
        name = newName;
        registrations.rename(newName);
        List<Advert> again = List.copyOf(refusedForName.values());
        refusedForName.clear();
        for (Advert advert : again) {
            put(new Advert(newName, advert.file(), advert.rowFlags(), advert.size(), advert.content()), null);
        }
        settle();
    }

    private void put(Advert advert, RowHandler waiter) {
        registrations.put(advert, waiter, loop.nowNanos());
        settle();
    }

    void onAdded(ServedFile file) {
        sharedFiles++;
        Optional<Path> path = library.pathOf(file);
        if (path.isEmpty() || !byHand.contains(path.get())) {
            put(advert(file, 0), null);
        }
    }

    void onRemoved(ServedFile file) {
        sharedFiles--;
        FileName label = file.label();
        refusedForName.remove(label);
        Advert row = registrations.find(label);
        // Not when another content has taken the label over meanwhile.
        if (row != null && row.content().equals(file.content().id())) {
            registrations.remove(label, null, loop.nowNanos());
            settle();
        }
    }

    /**
     * Hashes a file, serves it and registers it; any thread. A link is refused: what it leads to may lie outside of the peer's
     * folder and has another name.
     */
    void registerFile(Path path, CompletableFuture<Ending> promise) {
        try {
            if (Files.isSymbolicLink(path)) {
                throw new IOException("it is a link");
            }
            addByHand(path.toRealPath(), promise);
        } catch (IOException refused) {
            promise.complete(PeerTrouble.file(path, refused));
        }
    }

    private void addByHand(Path real, CompletableFuture<Ending> promise) throws IOException {
        byHand.add(real);
        boolean added = false;
        try {
            library.add(real)
                    .whenComplete((files, failure) -> loop.execute(() -> {
                        byHand.remove(real);
                        onHashed(real, files, failure, promise);
                    }));
            added = true;
        } finally {
            if (!added) {
                byHand.remove(real);
            }
        }
    }

    private void onHashed(Path path, List<ServedFile> files, Throwable failure, CompletableFuture<Ending> promise) {
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            promise.complete(PeerTrouble.file(path, cause));
            return;
        }
        Optional<ServedFile> file = files.isEmpty() ? shared(path) : Optional.of(files.get(0));
        if (file.isEmpty()) {
            promise.complete(PeerTrouble.file(path, new IOException("it cannot be read")));
        } else {
            registerByHand(file.get(), promise);
        }
    }

    /** The file that is shared from there already. */
    private Optional<ServedFile> shared(Path path) {
        return library.files().stream()
                .filter(file -> library.pathOf(file).filter(path::equals).isPresent())
                .findFirst();
    }

    /** What the index refuses is not served either. */
    private void registerByHand(ServedFile file, CompletableFuture<Ending> promise) {
        put(advert(file, 0), (row, ending) -> {
            if (ending.isDone() || ending.verdict() == Verdict.CANCELLED) {
                promise.complete(ending);
                return;
            }
            library.remove(file.label());
            promise.complete(ending);
        });
    }

    /** Registers a finished download, which stays shared whatever the index says to it. */
    void registerDownload(Path path, HashedFile hashed, Runnable told) {
        try {
            Path real = path.toRealPath();
            byHand.add(real);
            loop.execute(() -> loop.execute(() -> byHand.remove(real))); // behind the event of the library
            ServedFile file = library.addHashed(real, hashed);
            put(advert(file, 0), (row, ending) -> onDownloadRegistered(row, ending, told));
        } catch (IOException gone) {
            listener.onSkipped(path, PeerTrouble.file(path, gone).text());
            told.run();
        }
    }

    private void onDownloadRegistered(Advert row, Ending ending, Runnable told) {
        if (ending.verdict() == Verdict.SILENT) {
            put(row, null); // wanted all the same
        } else if (!ending.isDone() && ending.verdict() != Verdict.CANCELLED) {
            onRefused(row, ending);
        }
        told.run();
    }

    void deregisterFile(FileName file, CompletableFuture<Ending> promise) {
        boolean asItIs = registrations.find(file) != null;
        FileName label = asItIs ? file : Library.labelOf(file);
        registrations.remove(label, (row, ending) -> promise.complete(ending), loop.nowNanos());
        library.remove(label);
        settle();
    }

    // What the index says without being asked.

    void onRegistered(Advert row) {
        registered.put(row.file(), row);
        listener.onRegistered(row.file(), row.peer());
    }

    void onGone(Advert row) {
        if (registered.remove(row.file()) != null) {
            listener.onDeregistered(row.file(), row.peer());
        }
    }

    void onRefused(Advert row, Ending why) {
        if (why.verdict() == Verdict.CONFLICT) {
            refusedForName.put(row.file(), row);
        }
        listener.onRefused(row.file(), row.peer(), why);
    }
}
