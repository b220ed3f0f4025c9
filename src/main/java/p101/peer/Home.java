package p101.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import p101.model.Randomness;
import p101.model.Shown;

/**
 * A home that this process has locked: one running peer for each. It holds the secret owner key and the newest tx, so that a
 * peer which comes back is the same owner and goes on above what it sent before. Any thread.
 */
public final class Home implements AutoCloseable {
    private final HomeFolders folders;
    private final HomeLock lock;
    private final long ownerKey;

    private Home(HomeFolders folders, HomeLock lock, long ownerKey) {
        this.folders = folders;
        this.lock = lock;
        this.ownerKey = ownerKey;
    }

    /**
     * Makes the folders, locks the home for this process and makes its owner key if there is none.
     *
     * @throws PeerException when another process has it, or the folders cannot be made, read or written
     */
    public static Home open(HomeFolders folders) throws PeerException {
        return open(folders, SystemRandomness.open());
    }

    static Home open(HomeFolders folders, Randomness randomness) throws PeerException {
        HomeLock lock = null;
        boolean opened = false;
        try {
            Files.createDirectories(folders.state());
            Files.createDirectories(folders.cache());
            lock = HomeLock.take(folders.state().resolve("lock"));
            long key = OwnerKeyFile.readOrMake(folders.state().resolve("owner.key"), randomness);
            opened = true;
            return new Home(folders, lock, key);
        } catch (IOException broken) {
            throw new PeerException(
                    PeerException.Problem.HOME_UNUSABLE,
                    "the home " + Shown.text(folders.state().toString()) + " cannot be used ("
                            + Shown.text(String.valueOf(broken.getMessage())) + "): use another --home",
                    broken);
        } finally {
            if (!opened && lock != null) {
                lock.close();
            }
        }
    }

    public HomeFolders folders() {
        return folders;
    }

    public Path stateFolder() {
        return folders.state();
    }

    public Path cacheFolder() {
        return folders.cache();
    }

    /** Secret, never 0, made once for each home. */
    public long ownerKey() {
        return ownerKey;
    }

    TxStore txStore() {
        return new TxFile(folders.state().resolve("tx"));
    }

    /** Lets another process have it. Idempotent. */
    @Override
    public void close() {
        lock.close();
    }
}
