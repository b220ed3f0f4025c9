package p101.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Shown;

/** Shows the entries, reads a letter, runs the entry; until Q or the end of the input. For a thread of its own. */
public final class Menu implements Runnable {
    /** The user name prompt, as published. */
    public static final String NAME_PROMPT = "Please enter preferred username:";

    /** The port prompt, as published. */
    public static final String PORT_PROMPT = "Please enter listening port number for the P2P server:";

    /** Quitting takes at most 2 s; a little more, and the menu ends all the same. */
    private static final int QUIT_SECONDS = 3;

    private final MenuSession session;
    private final Screen screen;
    private final List<MenuEntry> entries;

    /**
     * @param notices what the peer has to say between two menus
     * @param furtherEntries shown before Q
     */
    public Menu(Screen screen, MenuPeer peer, Notices notices, List<MenuEntry> furtherEntries) {
        this.screen = screen;
        this.session = new MenuSession(screen, peer, notices::hashingOrNull);
        this.entries = new ArrayList<>(List.of(
                new OnlineListEntry(),
                new LocalFilesEntry(),
                new RegisterEntry(),
                new DeregisterEntry(),
                new SearchEntry(),
                new DownloadEntry()));
        entries.addAll(furtherEntries);
        notices.sendTo(session::tellLater);
    }

    @Override
    public void run() {
        try {
            while (showAndRun()) {
                // Until Q.
            }
        } catch (EndOfInputException endOfInput) {
            // As if Q had been chosen.
        } catch (ScreenClosedException nobodyReads) {
            // The same: nobody could choose it any more.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        quit();
    }

    /** One turn; false after Q. */
    private boolean showAndRun() throws EndOfInputException, InterruptedException {
        session.sayNotices();
        session.transfers().showAgain();
        session.say("Please choose from the list below:");
        for (MenuEntry entry : entries) {
            session.say("[" + entry.letter() + "] " + entry.title());
        }
        session.say("[Q] Quit the program");
        String typed = session.ask("");
        String choice = typed.toUpperCase(Locale.ROOT);
        if (choice.equals("Q")) {
            return false;
        }
        for (MenuEntry entry : entries) {
            if (choice.length() == 1 && choice.charAt(0) == entry.letter()) {
                entry.run(session);
                return true;
            }
        }
        if (!choice.isEmpty()) {
            session.say("'" + Shown.text(typed) + "' is not in the list");
        }
        return true;
    }

    private void quit() {
        try {
            leave();
        } catch (ScreenClosedException nobodyReads) {
            // There is nobody to say it to.
        }
    }

    private void leave() {
        session.transfers().cancelAll();
        try {
            session.peer().quit().get(QUIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notConfirmed) {
            screen.line("The Index Server has not confirmed; it forgets this peer by itself within its lease");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        screen.line("Client Session Terminated");
    }

    /** Asks until it gets a name that may be used. */
    public static PeerName askName(Screen screen) throws EndOfInputException {
        while (true) {
            String answer = screen.ask(NAME_PROMPT);
            if (answer == null) {
                throw new EndOfInputException();
            }
            try {
                return PeerName.of(java.text.Normalizer.normalize(answer.strip(), java.text.Normalizer.Form.NFC));
            } catch (InvalidNameException refused) {
                screen.line("Not a user name: " + refused.getMessage());
            }
        }
    }

    /** Asks until it gets a port; 0 = a free one. */
    public static int askPort(Screen screen) throws EndOfInputException {
        while (true) {
            String answer = screen.ask(PORT_PROMPT);
            if (answer == null) {
                throw new EndOfInputException();
            }
            try {
                int port = Integer.parseInt(answer.strip());
                if (port >= 0 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException notANumber) {
                // Said below.
            }
            screen.line("A port is a number from 1 to 65535, or 0 for a free one");
        }
    }
}
