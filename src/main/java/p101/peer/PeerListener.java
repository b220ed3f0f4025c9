package p101.peer;

import java.nio.file.Path;
import p101.library.HashProgress;
import p101.model.FileName;
import p101.model.PeerName;

/** What happens inside a peer without being asked for. Called on its loop thread: return soon. Texts are safe to print. */
public interface PeerListener {
    /** A request that a person may wait for got no answer to its second send. */
    default void onIndexSlow() {}

    /** The index has not answered for a whole refresh interval; the peer goes on trying. */
    default void onIndexSilent() {}

    /** The index answers: for the first time, or again. */
    default void onIndexBack() {}

    /** The index accepted a file (again after each healing: not told again). */
    default void onRegistered(FileName file, PeerName as) {}

    /**
     * The index refused a file; with {@link Verdict#CONFLICT}: pick another user name. {@link FileName#NONE}: it refuses the peer
     * itself, and is asked again at each refresh.
     */
    default void onRefused(FileName file, PeerName as, Ending why) {}

    /** A file is no longer registered: it is gone, or was taken back. */
    default void onDeregistered(FileName file, PeerName as) {}

    /** Files are being hashed; a few times a second, and when it ends. */
    default void onHashing(HashProgress progress) {}

    /** A file that is new, changed or gone cannot be shared, or is no longer. */
    default void onSkipped(Path path, String why) {}

    /** A file or folder cannot be looked at just now; what is shared of it stays so. The reason is the system's. */
    default void onUnread(Path path, String why) {}
}
