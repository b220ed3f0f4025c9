package p101.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import p101.fetch.DownloadListener;
import p101.model.FileName;
import p101.model.PeerName;
import p101.peer.Ending;
import p101.peer.FoundRow;
import p101.peer.ListedRow;
import p101.peer.LocalFile;
import p101.peer.SearchQuery;
import p101.peer.Verdict;

/** A peer whose answers the test gives. */
class FakePeer implements MenuPeer {
    /** What the index says to everything. */
    Ending ending = Ending.DONE;

    /** What it lists. */
    final List<ListedRow> rows = new ArrayList<>();

    DownloadListener download;
    boolean cancelled;
    boolean hasQuit;

    @Override
    public PeerName name() {
        return PeerName.of("fake");
    }

    @Override
    public void changeName(PeerName name) {
        ending = Ending.DONE;
    }

    @Override
    public List<LocalFile> localFiles() {
        return List.of();
    }

    @Override
    public CompletableFuture<Ending> registerFile(FileName file) {
        return CompletableFuture.completedFuture(ending);
    }

    @Override
    public CompletableFuture<Ending> deregisterFile(FileName file) {
        return CompletableFuture.completedFuture(ending);
    }

    @Override
    public CompletableFuture<Ending> list(String filter, Consumer<ListedRow> to) {
        rows.forEach(to);
        return CompletableFuture.completedFuture(ending);
    }

    @Override
    public CompletableFuture<Ending> search(SearchQuery query, Consumer<FoundRow> rows) {
        return CompletableFuture.completedFuture(ending);
    }

    @Override
    public Runnable download(FileName file, DownloadListener listener) {
        download = listener;
        return () -> cancelled = true;
    }

    @Override
    public CompletableFuture<Ending> quit() {
        hasQuit = true;
        return CompletableFuture.completedFuture(new Ending(Verdict.DONE, ""));
    }
}
