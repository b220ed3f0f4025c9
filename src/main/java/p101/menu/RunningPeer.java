package p101.menu;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import p101.fetch.Destination;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.fetch.Wanted;
import p101.library.ExistingFilePolicy;
import p101.model.FileName;
import p101.model.PeerName;
import p101.peer.Ending;
import p101.peer.FoundRow;
import p101.peer.ListedRow;
import p101.peer.LocalFile;
import p101.peer.Peer;
import p101.peer.SearchQuery;
import p101.peer.Transfer;

/**
 * A real peer behind the menu.
 *
 * @param folder where downloads go
 */
public record RunningPeer(Peer peer, Path folder) implements MenuPeer {
    @Override
    public PeerName name() {
        return peer.name();
    }

    @Override
    public void changeName(PeerName name) {
        peer.changeName(name);
    }

    @Override
    public List<LocalFile> localFiles() {
        return peer.localFiles();
    }

    @Override
    public CompletableFuture<Ending> registerFile(FileName file) {
        return peer.registerFile(file);
    }

    @Override
    public CompletableFuture<Ending> deregisterFile(FileName file) {
        return peer.deregisterFile(file);
    }

    @Override
    public CompletableFuture<Ending> list(String filter, Consumer<ListedRow> rows) {
        return peer.list(filter, rows);
    }

    @Override
    public CompletableFuture<Ending> search(SearchQuery query, Consumer<FoundRow> rows) {
        return peer.search(query, rows);
    }

    @Override
    public Runnable download(FileName file, DownloadListener listener) {
        Destination destination = new Destination.InFolder(folder, ExistingFilePolicy.SKIP_IDENTICAL);
        Transfer transfer = peer.download(DownloadRequest.of(Wanted.named(file), destination), listener);
        return transfer::cancel;
    }

    @Override
    public CompletableFuture<Ending> quit() {
        return peer.quit();
    }
}
