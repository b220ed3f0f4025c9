package p101.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import p101.library.InvalidManifestException;
import p101.library.Manifest;
import p101.library.PartialFile;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Shown;

/** Has the slow steps of a file's life done on the worker threads; the answers come on the loop thread. */
final class FileWork {
    private final Downloader.Setting setting;
    private final Destination destination;

    /** At the path that the download leads to; guarded by this. */
    private Places.Visit visit;

    /** Loop thread. */
    private boolean opening;

    FileWork(Downloader.Setting setting, Destination destination) {
        this.setting = setting;
        this.destination = destination;
    }

    void open(
            ByteBuffer manifest,
            Content content,
            long modifiedMillis,
            FileName asked,
            Consumer<Opening.Result> whenDone) {
        opening = true;
        setting.filing().execute(() -> {
            try {
                Manifest proven = Manifest.decode(manifest, content).askedForAs(asked);
                whenFree(proven.name(), () -> {
                    Opening.Result result = Opening.open(proven, content, modifiedMillis, asked, destination);
                    tell(result, whenDone);
                });
            } catch (InvalidManifestException e) {
                tell(Opening.Result.badManifest(e.getMessage()), whenDone);
            }
        });
    }

    /** Does something when no other download of this process leads to the same path. */
    private synchronized void whenFree(FileName fullName, Runnable job) {
        if (destination instanceof Destination.ToStream) {
            job.run();
        } else {
            visit = setting.places().enter(Opening.pathFor(destination, fullName), job);
        }
    }

    private void tell(Opening.Result result, Consumer<Opening.Result> whenDone) {
        setting.loop().execute(() -> {
            opening = false;
            whenDone.accept(result);
        });
    }

    void finish(PartialFile file, Consumer<Path> whenDone, Consumer<DownloadFailure> whenFailed) {
        setting.filing().execute(() -> {
            try {
                Path path = file.finish(Opening.policyOf(destination));
                setting.loop().execute(() -> whenDone.accept(path));
            } catch (IOException e) {
                DownloadFailure failure = Opening.failure(e, Opening.pathFor(destination, file.fullName()));
                setting.loop().execute(() -> whenFailed.accept(failure));
            }
        });
    }

    /** After what is still being hashed; what was spilled for a stream is of no more use. Again when it is opened after all. */
    void close(PartialFile openOrNull) {
        if (openOrNull == null) {
            leave();
            return;
        }
        setting.hashing().execute(() -> {
            try {
                if (destination instanceof Destination.ToStream) {
                    openOrNull.abandon();
                }
                openOrNull.close();
            } catch (IOException e) {
                // The verified pieces are safe; it is left to the loop's error sink to say that something is odd.
                setting.loop().execute(() -> {
                    String name = Shown.text(openOrNull.fullName().value());
                    throw new UncheckedIOException("cannot close the partial file of " + name, e);
                });
            }
            setting.loop().execute(this::leave);
        });
    }

    private synchronized void leave() {
        if (!opening && visit != null) {
            setting.places().leave(visit);
            visit = null;
        }
    }
}
