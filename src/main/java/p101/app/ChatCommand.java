package p101.app;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import p101.lobby.LobbyClient;
import p101.menu.PipeScreen;
import p101.menu.Screen;
import p101.menu.TerminalScreen;
import p101.model.PeerName;

/** {@code p101 chat}: a member of a lobby, at a terminal or in a pipe. */
final class ChatCommand implements Command {
    private static final Option SERVER = Option.value("HOST[:PORT]", "the lobby to talk in", "--server")
            .orEnvironment(LobbyAddress.VARIABLE)
            .orElse(LobbyAddress.DEFAULT);
    private static final Option NAME = Option.value(
                    "ALIAS", "what you are called there (default: the user's name)", "--name")
            .orEnvironment("P101_NAME");

    private static final int DEFAULT_ROWS = 24;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String summary() {
        return "Talk to everybody in the lobby of an index.";
    }

    @Override
    public List<Option> options() {
        return List.of(SERVER, NAME, CommonOptions.BIND);
    }

    @Override
    public String notes() {
        return "What you type is said to all; /help lists what else there is: who is online, who has which file. /exit, "
                + "or the end of the input (Ctrl-D), leaves. From a pipe each line of the input is said, or done if it "
                + "begins with a slash; what comes goes to standard output, refusals to standard error, and the first "
                + "of these sets the exit code: echo /who | p101 chat.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure, InterruptedException {
        String name = arguments.text(NAME);
        InetAddress bind = Addresses.bind(arguments);
        LobbyAddress.Joined joined = name == null
                ? LobbyAddress.join(SERVER, arguments, bind, userName(), true)
                : LobbyAddress.join(
                        SERVER, arguments, bind, Addresses.peerName(NAME, name).value(), false);
        LobbyClient client = joined.client();
        boolean terminal =
                console.interactive() && !"dumb".equals(console.environment().get("TERM"));
        ChatText text = new ChatText(
                terminal && console.messages().colours(),
                terminal ? console.messages().columns() : 0,
                ZoneId.systemDefault());
        KeyMode keys = terminal ? KeyMode.enter(console.messages().columns() + 1) : null;
        ChatSession session = new ChatSession(client, screen(terminal, keys, console), text, console, terminal);
        StopSignal.Handle handle = console.stop().onStop(() -> {
            close(keys);
            session.interrupt();
        });
        try {
            if (terminal) {
                console.messages()
                        .note("You are " + joined.alias() + " in the lobby at "
                                + Failures.show(client.remoteAddress())
                                + ". /help lists what there is, Ctrl-D leaves.");
            }
            return session.run();
        } finally {
            handle.close();
            close(keys);
            LobbyAddress.close(client);
        }
    }

    private static void close(KeyMode keysOrNull) {
        if (keysOrNull != null) {
            keysOrNull.close();
        }
    }

    /** Where keys cannot be had one by one, the terminal edits the line itself: then one that is longer than a row gets disturbed. */
    private static Screen screen(boolean terminal, KeyMode keysOrNull, Console console) {
        if (keysOrNull != null) {
            return new KeyScreen(console.in(), console.out().stream(), keysOrNull::columns);
        }
        return terminal
                ? new TerminalScreen(
                        console.in(), console.out().stream(), console.messages().columns() + 1, DEFAULT_ROWS)
                : new PipeScreen(console.in(), console.out().stream());
    }

    /** The user's name as far as an alias may hold it. */
    private static String userName() {
        String name =
                System.getProperty("user.name", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "");
        String plain = LobbyAddress.cut(name, PeerName.MAX_BYTES).replaceAll("[.]+$", "");
        return plain.isEmpty() ? "guest" : plain;
    }
}
