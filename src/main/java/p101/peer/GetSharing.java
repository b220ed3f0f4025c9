package p101.peer;

import java.io.IOException;
import java.nio.file.Path;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.LibraryListener;
import p101.library.LibraryOptions;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.PeerName;

/**
 * What a command that downloads shares while it lasts: a library without a folder of its own, and an owner that is gone with the
 * process. The thread of the loop.
 */
final class GetSharing implements SharedDownload.Sharer {
    private static final long LONGEST_TURN_NANOS = 100_000_000L;

    private final EventLoop loop;
    private final PeerName name;
    private final Library library;
    private final Sharing sharing;

    private GetSharing(EventLoop loop, PeerName name, Library library, Sharing sharing) {
        this.loop = loop;
        this.name = name;
        this.library = library;
        this.sharing = sharing;
    }

    /**
     * @param afterEachTurn called on the loop after everything that may have changed what {@link #status} says
     * @throws PeerException when the port is in use, or the operating system refuses a socket
     */
    static GetSharing open(EventLoop loop, GetConfig config, Runnable afterEachTurn) throws PeerException {
        Library library = null;
        boolean opened = false;
        try {
            library = Library.open(
                    new LibraryOptions(null, 1, LibraryOptions.DEFAULT_MAX_FILES),
                    Clock.SYSTEM,
                    new LibraryListener() {});
            Sharing.Place place =
                    new Sharing.Place(config.index(), config.bind(), config.port(), config.name(), config.dialect());
            Sharing.Secret secret = new Sharing.Secret(SystemRandomness.open().nextLong() | 1, TxStore.NONE);
            Sharing sharing = Sharing.open(loop, library, place, secret, new RegistrationsListener() {}, afterEachTurn);
            sharing.start(loop);
            opened = true;
            return new GetSharing(loop, config.name(), library, sharing);
        } catch (IOException refused) {
            throw new PeerException(
                    PeerException.Problem.HOME_UNUSABLE, "nothing can be shared: " + refused.getMessage(), refused);
        } finally {
            if (!opened && library != null) {
                library.close();
            }
        }
    }

    int port() {
        return sharing.port();
    }

    PeerStatus status() {
        Registrations rows = sharing.registrations();
        return new PeerStatus(
                name,
                sharing.port(),
                library.files().size(),
                rows.heldRows(),
                rows.waitingRows(),
                rows.isSilent(),
                rows.leaseSeconds());
    }

    /** Shares a finished download; one that is gone since is passed over. */
    void add(Path path, HashedFile hashed) {
        try {
            ServedFile file = library.addHashed(path, hashed);
            registrations().put(advert(file, 0), null, loop.nowNanos());
            settle();
        } catch (IOException gone) {
            // There is nothing to share.
        }
    }

    /** De-registers everything, within 2 s, and frees it. */
    void leave() {
        boolean[] left = new boolean[1];
        sharing.leave(loop, ending -> left[0] = true);
        while (!left[0]) {
            loop.runOnce(LONGEST_TURN_NANOS);
        }
        sharing.close();
        library.close();
    }

    @Override
    public Library library() {
        return library;
    }

    @Override
    public Registrations registrations() {
        return sharing.registrations();
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

    @Override
    public void settle() {
        sharing.index().settle();
    }
}
