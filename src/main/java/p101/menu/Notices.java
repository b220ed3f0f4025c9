package p101.menu;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import p101.library.HashProgress;
import p101.model.Shown;
import p101.peer.PeerListener;

/**
 * What a peer says by itself, kept until there is a menu to show it. Give it to the peer when it is opened, then to the menu.
 * Only what nobody asked for: the outcome of an entry is told by the entry.
 */
public final class Notices implements PeerListener {
    private static final int MAX_EARLY = 20;

    private final Deque<String> early = new ArrayDeque<>();
    private Consumer<String> sink;
    private boolean silent;
    private String hashing;

    @Override
    public synchronized void onIndexSilent() {
        silent = true;
        tell("NOTE the Index Server does not answer; this peer goes on trying");
    }

    @Override
    public synchronized void onIndexBack() {
        if (silent) {
            tell("NOTE the Index Server answers again");
        }
        silent = false;
    }

    @Override
    public synchronized void onSkipped(Path path, String why) {
        tell("NOTE " + Shown.text(String.valueOf(path.getFileName())) + " is not shared: it " + why);
    }

    @Override
    public synchronized void onUnread(Path path, String why) {
        tell("NOTE " + Shown.text(String.valueOf(path.getFileName())) + " cannot be looked at just now (" + why
                + "); what is known of it stays shared");
    }

    @Override
    public synchronized void onHashing(HashProgress progress) {
        long total = progress.bytesTotal();
        hashing = progress.filesDone() == progress.filesTotal()
                ? null
                : progress.bytesDone() * 100 / Math.max(1, total) + "% of " + total + " bytes";
    }

    /** How far hashing is, as {@code 40% of 3000000000 bytes}; null when nothing is being hashed. Any thread. */
    synchronized String hashingOrNull() {
        return hashing;
    }

    /** What another protocol has to say about a download; safe to print. Any thread. */
    public synchronized void note(String text) {
        tell("NOTE " + text);
    }

    private void tell(String notice) {
        if (sink != null) {
            sink.accept(notice);
        } else if (early.size() < MAX_EARLY) {
            early.add(notice);
        }
    }

    synchronized void sendTo(Consumer<String> newSink) {
        sink = newSink;
        early.forEach(newSink);
        early.clear();
    }
}
