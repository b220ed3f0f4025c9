package p101.peer;

import java.nio.file.Path;
import p101.library.HashProgress;
import p101.library.LibraryListener;
import p101.library.ServedFile;
import p101.loop.EventLoop;
import p101.model.Shown;

/** Brings what happens in the library to the loop thread, in order. */
final class LibraryRelay implements LibraryListener {
    private final EventLoop loop;
    private final PeerListener listener;
    private volatile SharedFiles files;

    LibraryRelay(EventLoop loop, PeerListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Nothing is added to the library before this. */
    void connect(SharedFiles newFiles) {
        files = newFiles;
    }

    @Override
    public void onAdded(ServedFile file) {
        loop.execute(() -> files.onAdded(file));
    }

    @Override
    public void onRemoved(ServedFile file) {
        loop.execute(() -> files.onRemoved(file));
    }

    @Override
    public void onSkipped(Path path, String reason) {
        loop.execute(() -> listener.onSkipped(path, Shown.text(reason)));
    }

    @Override
    public void onUnread(Path path, String reason) {
        loop.execute(() -> listener.onUnread(path, Shown.text(reason)));
    }

    @Override
    public void onProgress(HashProgress progress) {
        loop.execute(() -> listener.onHashing(progress));
    }
}
