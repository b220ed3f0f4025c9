package p101.peer;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import p101.model.Shown;

/** Turns what the disk says into what a person should know and do. */
final class PeerTrouble {
    private PeerTrouble() {}

    static PeerException folder(Path folder, IOException cause) {
        return new PeerException(
                PeerException.Problem.HOME_UNUSABLE,
                "the folder " + Shown.text(folder.toString()) + " cannot be used (" + reason(cause)
                        + "): choose another --dir or --home",
                cause);
    }

    static PeerException share(Path path, IOException cause) {
        return new PeerException(
                PeerException.Problem.CANNOT_SHARE,
                "cannot share " + Shown.text(path.toString()) + " (" + reason(cause) + ")",
                cause);
    }

    /** How the registration of one file ends that the library would not take. */
    static Ending file(Path file, Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return new Ending(Verdict.NOT_FOUND, "there is no file " + Shown.text(String.valueOf(file.getFileName())));
        }
        return new Ending(
                Verdict.REFUSED,
                Shown.text(String.valueOf(file.getFileName())) + " cannot be shared (" + reason(cause) + ")");
    }

    private static String reason(Throwable cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Shown.text(message);
    }
}
