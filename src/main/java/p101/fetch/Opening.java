package p101.fetch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import p101.fetch.DownloadFailure.Kind;
import p101.library.ExistingFilePolicy;
import p101.library.ExistingTarget;
import p101.library.Library;
import p101.library.Manifest;
import p101.library.NotEnoughSpaceException;
import p101.library.PartialFile;
import p101.library.PartialFileBusyException;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Shown;

/**
 * The first slow steps of a download: see what stands at the target, open the partial file. Runs on a filing thread and
 * touches nothing of the download.
 */
final class Opening {
    /** How opening ended: one of the four is set. */
    record Result(PartialFile file, Path identical, String badManifest, DownloadFailure failure, Manifest manifest) {
        private static Result failed(Kind kind, String text) {
            return new Result(null, null, null, new DownloadFailure(kind, text), null);
        }

        static Result badManifest(String why) {
            return new Result(null, null, why, null, null);
        }
    }

    private Opening() {}

    /**
     * A file that was asked for by a label gets that for its name when its own is taken: of two files of one name in different folders
     * of their sharer each has a label, and whoever asks for both wants both.
     *
     * @param asked full name or label that was asked for; may be {@link FileName#NONE}
     */
    static Result open(
            Manifest manifest, Content content, long modifiedMillis, FileName asked, Destination destination) {
        Result result = openAs(manifest, content, modifiedMillis, asked, destination);
        boolean taken = result.failure() != null && result.failure().kind() == Kind.EXISTS;
        return taken && !asked.isNone() && !asked.equals(manifest.name()) && destination instanceof Destination.InFolder
                ? openAs(new Manifest(asked, manifest.pieces()), content, modifiedMillis, asked, destination)
                : result;
    }

    private static Result openAs(
            Manifest manifest, Content content, long modifiedMillis, FileName asked, Destination destination) {
        Path path = pathFor(destination, manifest.name());
        FileName label = Library.labelOf(asked);
        FileName shared = label.isNone() || manifest.name().fitsPdu() ? manifest.name() : label;
        try {
            if (ExistingTarget.check(path, content, policyOf(destination), bytes -> {}) == ExistingTarget.IDENTICAL) {
                return new Result(null, path, null, null, manifest);
            }
            PartialFile.Target target = new PartialFile.Target(path, shared, content, manifest, modifiedMillis);
            return new Result(PartialFile.open(target, bytes -> {}), null, null, null, manifest);
        } catch (IOException e) {
            DownloadFailure failure = failure(e, path);
            return new Result(null, null, null, failure, null);
        }
    }

    /** Whether neither the file nor a part of it seems to be there; only then is content asked for before the manifest. */
    static boolean isNothingThere(Destination destination, FileName name, Candidate row) {
        if (destination instanceof Destination.ToStream) {
            return true;
        }
        if (name.isNone() && destination instanceof Destination.InFolder) {
            return false;
        }
        Path path = pathFor(destination, name);
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !PartialFile.isBegun(path, row.content());
    }

    static Path pathFor(Destination destination, FileName name) {
        if (destination instanceof Destination.InFolder inFolder) {
            return inFolder.folder().resolve(name.value());
        }
        if (destination instanceof Destination.AtPath atPath) {
            return atPath.path();
        }
        return ((Destination.ToStream) destination).spillFolder().resolve(name.value());
    }

    static ExistingFilePolicy policyOf(Destination destination) {
        if (destination instanceof Destination.InFolder inFolder) {
            return inFolder.policy();
        }
        // A stream's spill file never gets its name, so nothing can stand in its way.
        return destination instanceof Destination.AtPath atPath ? atPath.policy() : ExistingFilePolicy.RENAME;
    }

    /** What a person is told about an error of the disk. */
    static DownloadFailure failure(IOException e, Path path) {
        if (e instanceof FileAlreadyExistsException && isNoOrdinaryFile(path)) {
            return new DownloadFailure(
                    Kind.DISK,
                    Shown.text(path.toString())
                            + " is there and no ordinary file, so it is never replaced; choose another name, or say to rename");
        }
        if (e instanceof FileAlreadyExistsException) {
            return new DownloadFailure(
                    Kind.EXISTS,
                    Shown.text(path.toString())
                            + " exists already; choose another name, or say to rename or overwrite");
        }
        if (e instanceof PartialFileBusyException) {
            return new DownloadFailure(Kind.IN_USE, e.getMessage());
        }
        if (e instanceof NotEnoughSpaceException) {
            return new DownloadFailure(Kind.DISK, e.getMessage());
        }
        return new DownloadFailure(Kind.DISK, "cannot write " + Shown.text(path.toString()) + ": " + reason(e));
    }

    private static boolean isNoOrdinaryFile(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Java's messages about files often hold nothing but a path. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission; choose another folder or change its permissions";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder is gone or takes no new files; choose another folder";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : Shown.text(e.getMessage());
    }
}
