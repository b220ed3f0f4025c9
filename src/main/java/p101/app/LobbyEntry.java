package p101.app;

import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import p101.lobby.LobbyClient;
import p101.lobby.LobbyLine;
import p101.menu.EndOfInputException;
import p101.menu.MenuEntry;
import p101.menu.MenuSession;
import p101.menu.Notices;
import p101.model.Shown;

/**
 * The menu's way into a lobby. The first time it joins, under the peer's name; from then on what is said is shown between two
 * menus too, until the menu ends. Menu thread, except what the lobby tells.
 */
final class LobbyEntry implements MenuEntry, AutoCloseable {
    static final Option LOBBY = Option.value("HOST[:PORT]", "the lobby that the menu talks in", "--lobby")
            .orEnvironment(LobbyAddress.VARIABLE)
            .orElse(LobbyAddress.DEFAULT);

    private final Arguments arguments;
    private final Console console;
    private final Notices notices;
    private LobbyClient client;
    /** The menu waits behind the chat: what comes is shown at once. */
    private volatile MenuSession open;

    private volatile boolean ended;

    LobbyEntry(Arguments arguments, Console console, Notices notices) {
        this.arguments = arguments;
        this.console = console;
        this.notices = notices;
    }

    @Override
    public char letter() {
        return 'M';
    }

    @Override
    public String title() {
        return "Meet the others in the lobby";
    }

    @Override
    public void run(MenuSession session) throws EndOfInputException {
        try {
            if (client == null || ended) {
                connect(session);
            }
            session.say("An empty line leads back to the menu; /help lists what else there is.");
            open = session;
            for (String line = session.ask(""); !line.isEmpty(); line = session.ask("")) {
                client.send(line);
            }
        } catch (CommandFailure failure) {
            session.say("Not done: " + failure.getMessage());
        } catch (IOException lost) {
            session.say("The lobby does not answer: " + Shown.text(String.valueOf(lost.getMessage())));
        } finally {
            open = null;
        }
    }

    private void connect(MenuSession session) throws CommandFailure {
        close();
        String name = session.peer().name().value();
        LobbyAddress.Joined joined = LobbyAddress.join(LOBBY, arguments, Addresses.bind(arguments), name, true);
        client = joined.client();
        ended = false;
        open = session;
        session.say("You are " + Shown.text(joined.alias()) + " in the lobby.");
        client.listen(this::show, this::onEnded);
    }

    private void show(LobbyLine line) {
        MenuSession shown = open;
        boolean terminal =
                console.interactive() && !"dumb".equals(console.environment().get("TERM"));
        ChatText text = new ChatText(
                terminal && console.messages().colours(),
                terminal ? console.messages().columns() : 0,
                ZoneId.systemDefault());
        if (shown != null) {
            List<String> rows = text.rows(line);
            rows.forEach(shown::sayAbove);
        } else if (line instanceof LobbyLine.Said) {
            notices.note("lobby: " + line.text());
        }
    }

    private void onEnded() {
        ended = true;
        MenuSession shown = open;
        if (shown != null) {
            shown.sayAbove("* the lobby has ended the connection");
        }
    }

    /** Leaves the lobby. */
    @Override
    public void close() {
        LobbyAddress.close(client);
        client = null;
    }
}
