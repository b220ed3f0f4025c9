package p101.app;

import java.io.IOException;
import java.nio.file.Path;
import p101.model.Shown;
import p101.peer.HomeFolders;
import p101.peer.HomeLock;
import p101.peer.PeerException;

/** The home of a running index, which no other index has: two would write one lobby.log, and status would see one of them. */
record IndexHome(HomeFolders folders, HomeLock lockOrNull) implements AutoCloseable {
    /**
     * Takes the home. One that cannot be written is taken without a lock: nothing is kept there, and an index needs nothing kept.
     *
     * @throws PeerException when another index has it
     */
    static IndexHome lock(HomeFolders folders, Messages messages) throws PeerException {
        try {
            return new IndexHome(folders, HomeLock.ofIndex(folders));
        } catch (IOException unwritable) {
            messages.note(
                    "p101: nothing can be kept in the home (" + Shown.text(String.valueOf(unwritable.getMessage()))
                            + "); to have status and a log of the lobby, name another --home");
            return new IndexHome(folders, null);
        }
    }

    /** Where a door may keep files. */
    Path state() {
        return folders.state();
    }

    /** Where it listens for {@code status}. */
    Path socket() {
        return ControlSockets.index(folders);
    }

    @Override
    public void close() {
        if (lockOrNull != null) {
            lockOrNull.close();
        }
    }
}
