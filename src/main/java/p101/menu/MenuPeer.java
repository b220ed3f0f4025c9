package p101.menu;

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

/** The part of a {@link p101.peer.Peer} that the menu needs; see there for each method. */
public interface MenuPeer {
    PeerName name();

    void changeName(PeerName name);

    List<LocalFile> localFiles();

    CompletableFuture<Ending> registerFile(FileName file);

    CompletableFuture<Ending> deregisterFile(FileName file);

    CompletableFuture<Ending> list(String filter, Consumer<ListedRow> rows);

    CompletableFuture<Ending> search(SearchQuery query, Consumer<FoundRow> rows);

    /**
     * Downloads the newest complete content of this name into the peer's folder; the listener is called on another thread.
     *
     * @return cancels the download; what was verified stays for another time
     */
    Runnable download(FileName file, DownloadListener listener);

    /** De-registers everything within 2 s. */
    CompletableFuture<Ending> quit();
}
