package p101.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import p101.model.FileName;

/** A library with a clock that the test moves, and a listener that remembers what it was told. */
final class LibraryRig implements LibraryListener, AutoCloseable {
    final ManualClock clock = new ManualClock();
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<HashProgress> progress = new CopyOnWriteArrayList<>();
    final Library library;

    LibraryRig(Path stateFolder) {
        this(new LibraryOptions(stateFolder, 2, LibraryOptions.DEFAULT_MAX_FILES));
    }

    LibraryRig(LibraryOptions options) {
        try {
            library = Library.open(options, clock, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ServedFile> add(Path path) {
        try {
            return library.add(path).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Rescans, and waits until all that this found is hashed. */
    void rescan() {
        library.rescan();
        TestFiles.await(
                () -> library.progress().filesDone() == library.progress().filesTotal());
    }

    List<String> labels() {
        return library.files().stream().map(file -> file.label().value()).toList();
    }

    ServedFile byLabel(String label) {
        return library.byLabel(FileName.of(label)).orElseThrow();
    }

    /** Waits until exactly this was told since the last call, in any order; progress does not count. */
    void expectEvents(String... expected) {
        List<String> sorted = Stream.of(expected).sorted().toList();
        try {
            TestFiles.await(() -> events.stream().sorted().toList().equals(sorted));
        } catch (AssertionError e) {
            throw new AssertionError("expected " + sorted + ", told " + events, e);
        }
        events.clear();
    }

    @Override
    public void onAdded(ServedFile file) {
        events.add("+" + file.label());
    }

    @Override
    public void onRemoved(ServedFile file) {
        events.add("-" + file.label());
    }

    @Override
    public void onSkipped(Path path, String reason) {
        events.add("!" + path.getFileName() + " " + reason);
    }

    @Override
    public void onProgress(HashProgress now) {
        progress.add(now);
    }

    @Override
    public void close() {
        library.close();
    }
}
