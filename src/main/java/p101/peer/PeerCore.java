package p101.peer;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.library.Library;
import p101.loop.EventLoop;
import p101.model.PeerName;

/**
 * The part of a peer that lives on its loop thread: it holds the sharing, the shared files and the downloads together. Methods
 * without a note belong to that thread, or to the one that sets it up.
 */
final class PeerCore {
    private final EventLoop loop;
    private final PeerListener listener;
    private final SharedFiles files;
    private final Sharing sharing;
    private final PeerDownloads downloads;
    private final List<CompletableFuture<Ending>> firstContacts = new ArrayList<>();
    private volatile PeerStatus status;
    private Ending firstContact;
    private boolean leaving;
    private boolean closed;

    private PeerCore(EventLoop loop, PeerListener listener, SharedFiles files, PeerConfig config, Home home)
            throws PeerException {
        this.loop = loop;
        this.listener = listener;
        this.files = files;
        Sharing.Place place =
                new Sharing.Place(config.index(), config.bind(), config.port(), config.name(), config.dialect());
        Sharing.Secret secret = new Sharing.Secret(home.ownerKey(), home.txStore());
        sharing = Sharing.open(loop, files.library(), place, secret, new IndexEvents(), this::publish);
        files.connect(sharing);
        downloads = new PeerDownloads(
                loop, files, sharing, isOfThisMachine(config.index().getAddress()), config.dialect());
        publish();
    }

    /**
     * @throws PeerException when the port is in use, or the operating system refuses a socket
     */
    static PeerCore open(PeerConfig config, Home home, EventLoop loop, Library library, PeerListener listener)
            throws PeerException {
        SharedFiles files = new SharedFiles(loop, library, config.name(), listener);
        return new PeerCore(loop, listener, files, config, home);
    }

    static boolean isOfThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    void start() {
        sharing.start(loop);
    }

    /** Any thread. */
    int port() {
        return sharing.port();
    }

    SharedFiles files() {
        return files;
    }

    /** Any thread. */
    PeerStatus status() {
        return status;
    }

    private void publish() {
        Registrations rows = sharing.registrations();
        status = new PeerStatus(
                files.name(),
                sharing.port(),
                files.count(),
                rows.heldRows(),
                rows.waitingRows(),
                rows.isSilent(),
                rows.leaseSeconds());
    }

    void changeName(PeerName name) {
        downloads.addName(name);
        files.changeName(name);
    }

    void onFirstContact(CompletableFuture<Ending> promise) {
        if (firstContact != null) {
            promise.complete(firstContact);
        } else {
            firstContacts.add(promise);
        }
    }

    private void firstContact(Ending ending) {
        if (firstContact == null) {
            firstContact = ending;
            firstContacts.forEach(promise -> promise.complete(ending));
            firstContacts.clear();
        }
    }

    void list(String filter, Consumer<ListedRow> rows, CompletableFuture<Ending> promise) {
        sharing.index().list(filter, new Listing(rows, promise));
    }

    void search(SearchQuery query, Consumer<FoundRow> rows, CompletableFuture<Ending> promise) {
        sharing.index().search(query, new Search(rows, promise));
    }

    void download(DownloadRequest request, DownloadListener downloadListener, Transfer transfer) {
        downloads.start(request, downloadListener, transfer);
    }

    /** De-registers everything; nothing is registered any more from here on. */
    void leave(CompletableFuture<Ending> promise) {
        if (leaving) {
            promise.complete(Ending.CANCELLED);
            return;
        }
        leaving = true;
        downloads.close();
        sharing.leave(loop, promise::complete);
    }

    void close() {
        if (!closed) {
            closed = true;
            if (!leaving) {
                downloads.close();
            }
            sharing.close();
        }
    }

    private final class IndexEvents implements RegistrationsListener {
        @Override
        public void onRegistered(Advert advert) {
            files.onRegistered(advert);
        }

        @Override
        public void onGone(Advert advert) {
            files.onGone(advert);
        }

        @Override
        public void onRefused(Advert advert, Ending why) {
            if (advert.file().isNone()) {
                firstContact(why);
            }
            files.onRefused(advert, why);
        }

        @Override
        public void onSlow() {
            listener.onIndexSlow();
        }

        @Override
        public void onSilent() {
            firstContact(new Ending(Verdict.SILENT, "the index does not answer"));
            listener.onIndexSilent();
        }

        @Override
        public void onBack() {
            firstContact(Ending.DONE);
            listener.onIndexBack();
        }
    }

    private final class Listing implements ListHandler {
        private final Consumer<ListedRow> rows;
        private final CompletableFuture<Ending> promise;

        Listing(Consumer<ListedRow> rows, CompletableFuture<Ending> promise) {
            this.rows = rows;
            this.promise = promise;
        }

        @Override
        public boolean onRow(ListedRow row) {
            rows.accept(row);
            return true;
        }

        @Override
        public void onSlow() {
            listener.onIndexSlow();
        }

        @Override
        public void onEnd(Ending ending) {
            promise.complete(ending);
        }
    }

    private final class Search implements SearchHandler {
        private final Consumer<FoundRow> rows;
        private final CompletableFuture<Ending> promise;

        Search(Consumer<FoundRow> rows, CompletableFuture<Ending> promise) {
            this.rows = rows;
            this.promise = promise;
        }

        @Override
        public boolean onFound(FoundRow row) {
            rows.accept(row);
            return true;
        }

        @Override
        public void onSlow() {
            listener.onIndexSlow();
        }

        @Override
        public void onEnd(Ending ending) {
            promise.complete(ending);
        }
    }
}
