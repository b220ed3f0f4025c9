package p101.app;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import p101.control.ControlClient;
import p101.peer.HomeFolders;

/**
 * Where the running processes of a home listen for {@code status}: one peer, one index, and as many {@code get} as there are, each
 * under its process id.
 */
final class ControlSockets {
    /** Sockets of one process; more are never needed, but the search for a free name must end. */
    private static final int MOST_OF_ONE_PROCESS = 100;

    private static final Pattern GET = Pattern.compile("get-([0-9]{1,18})([.][0-9]+)?[.]sock");

    private ControlSockets() {}

    static Path peer(HomeFolders home) {
        return folder(home).resolve("peer.sock");
    }

    static Path index(HomeFolders home) {
        return folder(home).resolve("index.sock");
    }

    /** A new one for a {@code get} of this process. Those that killed processes left are taken away first. */
    static Path forGet(HomeFolders home) {
        gets(home).stream().filter(ControlSockets::isLeftBehind).forEach(ControlSockets::delete);
        String name = "get-" + ProcessHandle.current().pid();
        Path socket = folder(home).resolve(name + ".sock");
        for (int next = 2; Files.exists(socket) && next <= MOST_OF_ONE_PROCESS; next++) {
            socket = folder(home).resolve(name + "." + next + ".sock");
        }
        return socket;
    }

    /** Those of all {@code get} of this home; some may have been left behind. */
    static List<Path> gets(HomeFolders home) {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder(home), "get-*.sock")) {
            all.forEach(sockets::add);
        } catch (IOException | DirectoryIteratorException none) {
            // Without the folder, or without the right to read it, there is nobody to ask.
        }
        Collections.sort(sockets);
        return sockets;
    }

    /** Its process is gone, and nobody answers: the process id alone may be that of another container. */
    private static boolean isLeftBehind(Path socket) {
        Matcher name = GET.matcher(socket.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                && !ControlClient.isAnybodyAt(socket);
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException leftAgain) {
            // It does no harm.
        }
    }

    private static Path folder(HomeFolders home) {
        return home.state().resolve("run");
    }
}
