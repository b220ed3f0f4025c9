package p101.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.PeerConfig;

/** From options to the configuration of a peer. */
final class PeerOptions {
    private PeerOptions() {}

    /** For a peer with a folder of its own, which it does not share as a whole. */
    static PeerConfig menuConfig(Arguments arguments, PeerName name, int port) throws CommandFailure {
        return config(arguments, name, port, folder(arguments));
    }

    /** For a peer that shares what it is told to; it downloads nothing. */
    static PeerConfig sharingConfig(Arguments arguments, PeerName name, int port) throws CommandFailure {
        return config(
                arguments, name, port, Addresses.path(".").toAbsolutePath().normalize());
    }

    private static PeerConfig config(Arguments arguments, PeerName name, int port, Path folder) throws CommandFailure {
        return new PeerConfig(
                Addresses.index(arguments),
                name,
                Addresses.bind(arguments),
                port,
                Addresses.home(arguments),
                folder,
                List.of());
    }

    /** The name of {@code --name}, else the user's name on this machine. */
    static PeerName name(Arguments arguments) throws CommandFailure {
        String text = arguments.text(CommonOptions.NAME);
        return text == null ? userName(PeerName.MAX_BYTES) : Addresses.peerName(arguments, CommonOptions.NAME);
    }

    /** The user's name on this machine as far as it may be a peer's name and fits; {@code peer} when it does not at all. */
    static PeerName userName(int maxBytes) {
        String user = Normalizer.normalize(System.getProperty("user.name", ""), Normalizer.Form.NFC);
        for (int end = Math.min(user.length(), maxBytes); end > 0; end--) {
            try {
                PeerName name = PeerName.of(user.substring(0, end));
                if (name.value().getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= maxBytes) {
                    return name;
                }
            } catch (InvalidNameException refused) {
                // A shorter beginning may do.
            }
        }
        return PeerName.of("peer");
    }

    /** The folder of {@code --dir}, made when it is missing. */
    static Path folder(Arguments arguments) throws CommandFailure {
        Path folder = Addresses.path(arguments.text(CommonOptions.DIR))
                .toAbsolutePath()
                .normalize();
        try {
            return Files.createDirectories(folder);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new CommandFailure(
                    ExitCode.DISK,
                    Shown.text(folder.toString()) + " is a file, not a folder: choose another --dir",
                    notAFolder);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.DISK,
                    "the folder " + Shown.text(folder.toString()) + " cannot be made ("
                            + Shown.text(refused.getClass().getSimpleName()) + "): choose another --dir",
                    refused);
        }
    }
}
