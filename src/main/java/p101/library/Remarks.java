package p101.library;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What a library says of files that it does not share, or could not look at: once each, not at every look. Any thread. */
final class Remarks {
    /** Paths of which it is remembered that they were said to be left out. */
    private static final int MAX_REPORTED = 10_000;

    private final LibraryEvents events;
    private final Set<Path> reported = new HashSet<>();

    /** Files and folders of which the last look learned nothing, so that what was known of them holds. */
    private final Set<Path> unread = new HashSet<>();

    private boolean unreadSaid;

    Remarks(LibraryEvents events) {
        this.events = events;
    }

    /** A file or folder is left out. */
    synchronized void leftOut(Path path, String reason) {
        if (reported.size() < MAX_REPORTED && reported.add(path)) {
            events.add(listener -> listener.onSkipped(path, reason));
        }
    }

    /** A new look at everything begins. */
    synchronized void beginLook() {
        unreadSaid &= !unread.isEmpty();
        unread.clear();
    }

    /** Nothing could be learned of a file or folder; said once, until a look at everything succeeds. */
    synchronized void unread(Path path, IOException why) {
        unread.add(path);
        if (!unreadSaid) {
            unreadSaid = true;
            String reason = why instanceof FileSystemException system ? system.getReason() : why.getMessage();
            events.add(listener -> listener.onUnread(path, String.valueOf(reason)));
        }
    }

    /** Whether a file, or a folder above it, could not be looked at. */
    synchronized boolean isUnread(Path file) {
        for (Path path = file; path != null && !unread.isEmpty(); path = path.getParent()) {
            if (unread.contains(path)) {
                return true;
            }
        }
        return false;
    }
}
