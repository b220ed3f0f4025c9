package p101.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import p101.lobby.LobbyClient;
import p101.lobby.LobbyLine;
import p101.menu.Screen;

/** One stay in a lobby: what is typed goes there, what comes is shown above it. */
final class ChatSession {
    private final LobbyClient client;
    private final Screen screen;
    private final ChatText text;
    private final Console console;
    private final boolean terminal;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger firstMistake = new AtomicInteger(ExitCode.OK);
    private volatile boolean leaving;
    private volatile boolean interrupted;
    private volatile String lastNotice = "";
    private volatile boolean nobodyReads;

    /**
     * @param terminal whether a person sits there
     */
    ChatSession(LobbyClient client, Screen screen, ChatText text, Console console, boolean terminal) {
        this.client = client;
        this.screen = screen;
        this.text = text;
        this.console = console;
        this.terminal = terminal;
    }

    /** Talks until one side ends it; gives the exit code. */
    int run() throws InterruptedException {
        client.listen(this::show, ended::countDown);
        // Reading cannot be broken off, and the lobby may end first: so it has a thread that the process does not wait
        // for.
        Thread typing = new Thread(this::type, "p101-chat-input");
        typing.setDaemon(true);
        typing.start();
        ended.await();
        leaveScreen();
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (leaving || nobodyReads) {
            return terminal ? ExitCode.OK : firstMistake.get();
        }
        boolean removed = lastNotice.contains("removed by");
        console.messages().error("the lobby ended it" + (lastNotice.isEmpty() ? "" : ": " + lastNotice.substring(2)));
        return removed ? ExitCode.REFUSED : ExitCode.INDEX_SILENT;
    }

    /** Ends it because the process is to end. Any thread. */
    void interrupt() {
        interrupted = true;
        LobbyAddress.close(client);
        // Here too: the process may be gone before the other thread gets to it.
        leaveScreen();
    }

    private void leaveScreen() {
        try {
            screen.leave();
        } catch (UncheckedIOException closed) {
            nobodyReads = true;
        }
    }

    private void type() {
        try {
            for (String line = screen.ask(""); line != null; line = screen.ask("")) {
                if (line.isBlank()) {
                    continue;
                }
                leaving |= line.strip().equalsIgnoreCase("/exit");
                client.send(line);
            }
            leaving = true;
            client.send("/exit");
        } catch (IOException | UncheckedIOException gone) {
            // The listener tells how it ended.
        }
    }

    private void show(LobbyLine line) {
        try {
            if (!terminal && line instanceof LobbyLine.Error error) {
                console.messages().error(error.reason());
                firstMistake.compareAndSet(ExitCode.OK, exitCode(error.problem()));
                return;
            }
            if (line instanceof LobbyLine.Notice notice) {
                lastNotice = notice.text();
            }
            text.rows(line).forEach(terminal ? screen::above : screen::line);
        } catch (UncheckedIOException closed) {
            nobodyReads = true;
            LobbyAddress.close(client);
        }
    }

    private static int exitCode(String problem) {
        return switch (problem) {
            case "not-found" -> ExitCode.NOT_FOUND;
            case "unknown", "syntax", "name", "not-utf8" -> ExitCode.USAGE;
            default -> ExitCode.REFUSED;
        };
    }
}
