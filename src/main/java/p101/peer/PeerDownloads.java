package p101.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import p101.fetch.Candidate;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.library.HashedFile;
import p101.loop.EventLoop;
import p101.model.PeerName;

/** The downloads of a peer: it is a source of what it downloads, during and after. Loop thread. */
final class PeerDownloads {
    /** A download that is over sooner needs no helpers. */
    private static final long SHARE_AFTER_NANOS = 1_000_000_000L;

    /** How long the end of a download waits for the index's consent to the new row. */
    private static final long REGISTER_WAIT_NANOS = 2_000_000_000L;

    private final EventLoop loop;
    private final Dialect.Fetching fetching;
    private final Downloader downloader;
    private final SharedFiles files;
    private final Sharing sharing;
    private final boolean localIndex;
    private final Set<Transfer> transfers = new HashSet<>();
    private final Set<PeerName> names = new HashSet<>();

    /**
     * @param localIndex whether the index is on this machine: only then are sources on loopback addresses believed
     */
    PeerDownloads(EventLoop loop, SharedFiles files, Sharing sharing, boolean localIndex, Dialect dialect) {
        this.loop = loop;
        this.fetching = dialect.fetching(loop, localIndex);
        this.downloader = new Downloader(loop, fetching.sources());
        this.files = files;
        this.sharing = sharing;
        this.localIndex = localIndex;
        names.add(files.name());
    }

    /** A name that rows of this peer may bear from now on. */
    void addName(PeerName name) {
        names.add(name);
    }

    void start(DownloadRequest request, DownloadListener listener, Transfer transfer) {
        transfers.add(transfer);
        SharedDownload shared = new SharedDownload(loop, new Host(transfer), listener, SHARE_AFTER_NANOS);
        DownloadRequest own = request.sharingAs(files.name(), this::isOwnRow).throughLocalIndex(localIndex);
        transfer.began(
                downloader.start(own, fetching.around(new IndexSourceFinder(sharing.index(), () -> {})), shared));
    }

    /** The names that this peer has had, on its port: nobody else is registered like that from this machine. */
    private boolean isOwnRow(Candidate row) {
        return row.endpoint().port() == sharing.port() && names.contains(row.peer());
    }

    /** Ends all. */
    void close() {
        Set.copyOf(transfers).forEach(Transfer::cancelNow);
        downloader.close();
        fetching.close();
    }

    private final class Host implements SharedDownload.Host {
        private final Transfer transfer;

        Host(Transfer transfer) {
            this.transfer = transfer;
        }

        @Override
        public SharedDownload.Sharer sharer() {
            return files;
        }

        @Override
        public void onFileThere(Path path, HashedFile hashed, Runnable told) {
            Runnable once = new Once(told);
            loop.schedule(REGISTER_WAIT_NANOS, once);
            if (hashed != null) {
                files.registerDownload(path, hashed, once);
                return;
            }
            try {
                files.library().add(path);
            } catch (IOException notThere) {
                // Somebody took it away since; there is nothing to share.
            }
            once.run();
        }

        @Override
        public void onEnded() {
            transfer.onEnded();
            transfers.remove(transfer);
        }
    }

    /** Runs something the first time only. */
    private static final class Once implements Runnable {
        private Runnable task;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            Runnable first = task;
            task = null;
            if (first != null) {
                first.run();
            }
        }
    }
}
