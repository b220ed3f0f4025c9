package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import p101.menu.EndOfInputException;
import p101.menu.MenuEntry;
import p101.menu.MenuSession;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Announcement;

/**
 * The menu's entries for texts and files that go straight from peer to peer. Receiving begins when it is first asked for: until then a
 * peer has no row that it did not have before. Menu thread.
 */
final class DirectEntries implements AutoCloseable {
    private final Arguments arguments;
    private final Consumer<String> notices;
    private final MenuArrivals arrivals;
    private Receiving receiving;

    /**
     * @param notices shows a line above the next menu
     */
    DirectEntries(Arguments arguments, Console console, Consumer<String> notices) {
        this.arguments = arguments;
        this.notices = notices;
        this.arrivals = new MenuArrivals(notices, new PictureShow(console));
    }

    List<MenuEntry> all() {
        return List.of(
                new Entry('W', "Write a text to a peer", this::send),
                new Entry('V', "Receive texts and files, view what came", this::view));
    }

    private interface Action {
        void run(MenuSession session) throws EndOfInputException, CommandFailure, IOException;
    }

    private record Entry(char letter, String title, Action action) implements MenuEntry {
        @Override
        public void run(MenuSession session) throws EndOfInputException {
            try {
                action.run(session);
            } catch (CommandFailure failure) {
                session.say("Not done: " + failure.getMessage());
            } catch (IOException failure) {
                session.say("Not done: " + Shown.text(String.valueOf(failure.getMessage())));
            }
        }
    }

    private void send(MenuSession session) throws EndOfInputException, CommandFailure {
        String to = session.ask("Who is to get it? (a peer who receives, or HOST:PORT)");
        String text = session.ask("What is the text?");
        if (to.isEmpty() || text.isEmpty()) {
            session.say("Not sent: a receiver and a text are needed");
            return;
        }
        InetSocketAddress place = SendTarget.resolve(arguments, to, session::say);
        String outcome = TextSending.sendFromMenu(
                place, Addresses.bind(arguments), text, session.peer().name());
        session.say(outcome == null ? "Delivered" : "Not delivered: " + outcome);
    }

    private void view(MenuSession session) throws EndOfInputException, CommandFailure {
        if (receiving == null) {
            begin(session);
        }
        arrivals.view(session);
    }

    private void begin(MenuSession session) throws CommandFailure {
        PeerName name = session.peer().name();
        Receiving.Place place = new Receiving.Place(
                Addresses.index(arguments),
                Addresses.bind(arguments),
                0,
                Addresses.home(arguments),
                name,
                PeerOptions.folder(arguments));
        receiving = Receiving.open(place, arrivals, new Announced());
        arrivals.connect(receiving);
        receiving.start();
        session.say("Receiving as " + Shown.text(name.value()) + " at port " + receiving.port()
                + " from now on; choose V again to see what came");
    }

    private final class Announced implements Announcement.Listener {
        @Override
        public void onAnnounced() {
            // It was said already.
        }

        @Override
        public void onRefused(String why) {
            notices.accept("the Index Server refused: nobody finds this peer to send to it: " + Shown.text(why));
        }

        @Override
        public void onSilent() {
            // The peer itself says so.
        }
    }

    @Override
    public void close() {
        if (receiving != null) {
            receiving.close();
            receiving = null;
        }
    }
}
