package p101.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import p101.model.FileName;

/** What the library knows of one path. Guarded by the library's lock. */
final class Entry {
    /**
     * <pre>
     *   WAITING -> HASHING        when it is quiet
     *   HASHING -> SERVED         hashed and unchanged
     *   HASHING -> WAITING        changed meanwhile
     *   HASHING -> LEFT_OUT       cannot be read
     *   any     -> WAITING        seen with another identity
     * </pre>
     */
    enum State {
        /** Seen, but perhaps still being written. */
        WAITING,
        HASHING,
        SERVED,
        /** Not tried again until it changes. */
        LEFT_OUT
    }

    private final Path path;
    private final Share share;
    private FileIdentity identity;
    private State state = State.WAITING;

    /** Full name and label; {@code null} until it is first prepared. A changed file keeps its label. */
    private FileName name;

    private FileName label;
    private SharedFile served;
    private List<Batch> waiters = List.of();
    private int seenInScan;

    /** What to keep in the cache as soon as the file's time tells it from any later change; mostly {@code null}. */
    private HashedFile uncached;

    /** Whether it was left out because it could not be read, which may end without a change of the file. */
    private boolean unreadable;

    Entry(Path path, Share share, FileIdentity identity) {
        this.path = path;
        this.share = share;
        this.identity = identity;
    }

    Path path() {
        return path;
    }

    Share share() {
        return share;
    }

    FileIdentity identity() {
        return identity;
    }

    FileName name() {
        return name;
    }

    FileName label() {
        return label;
    }

    void call(FileName fullName, FileName itsLabel) {
        name = fullName;
        label = itsLabel;
    }

    State state() {
        return state;
    }

    SharedFile served() {
        return served;
    }

    boolean isSeenIn(int scan) {
        return seenInScan == scan;
    }

    void seenIn(int scan) {
        seenInScan = scan;
    }

    HashedFile uncached() {
        return uncached;
    }

    void setUncached(HashedFile hashed) {
        uncached = hashed;
    }

    void waitAs(FileIdentity seen) {
        identity = seen;
        state = State.WAITING;
        served = null;
        uncached = null;
    }

    void hashing() {
        state = State.HASHING;
    }

    void leaveOut(boolean cannotBeRead) {
        state = State.LEFT_OUT;
        unreadable = cannotBeRead;
    }

    boolean isUnreadable() {
        return unreadable;
    }

    void serve(SharedFile file) {
        state = State.SERVED;
        served = file;
    }

    void addWaiter(Batch batch) {
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>(1);
        }
        waiters.add(batch);
    }

    List<Batch> takeWaiters() {
        List<Batch> taken = waiters;
        waiters = List.of();
        return taken;
    }
}
