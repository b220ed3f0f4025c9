package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import p101.direct.DirectHost;
import p101.direct.DirectReason;
import p101.direct.IncomingOffer;
import p101.direct.IncomingText;
import p101.direct.PictureOffer;
import p101.menu.EndOfInputException;
import p101.menu.MenuEntry;
import p101.menu.MenuSession;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Announcement;

/**
 * The menu's entries for texts and files that go straight from peer to peer. Receiving begins when it is first asked for: until then a
 * peer has no row that it did not have before. Menu thread; what comes is kept until the menu asks.
 */
final class DirectEntries implements AutoCloseable {
    private static final int MOST_KEPT = 200;

    private final Arguments arguments;
    private final Consumer<String> notices;
    private final Deque<String> received = new ArrayDeque<>();
    private final Deque<IncomingOffer> offers = new ArrayDeque<>();
    private Receiving receiving;

    /**
     * @param notices shows a line above the next menu
     */
    DirectEntries(Arguments arguments, Consumer<String> notices) {
        this.arguments = arguments;
        this.notices = notices;
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
        InetSocketAddress place = SendTarget.resolve(arguments, to);
        String outcome = TextSending.sendFromMenu(
                place, Addresses.bind(arguments), text, session.peer().name());
        session.say(outcome == null ? "Delivered" : "Not delivered: " + outcome);
    }

    private void view(MenuSession session) throws EndOfInputException, CommandFailure {
        if (receiving == null) {
            begin(session);
        }
        while (true) {
            String line = poll();
            if (line == null) {
                break;
            }
            session.say(line);
        }
        for (IncomingOffer offer = pollOffer(); offer != null; offer = pollOffer()) {
            decide(offer, session.ask(describe(offer) + ". Take it? (y/n)"));
        }
    }

    private synchronized String poll() {
        return received.poll();
    }

    private synchronized IncomingOffer pollOffer() {
        return offers.poll();
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
        receiving = Receiving.open(place, new Host(), new Announced());
        receiving.start();
        session.say("Receiving as " + Shown.text(name.value()) + " at port " + receiving.port()
                + " from now on; choose V again to see what came");
    }

    private static String describe(IncomingOffer offer) {
        PeerName sender = offer.file().sender();
        String address = offer.from().getAddress().getHostAddress();
        return (sender.isNone() ? address : Shown.text(sender.value()) + " (" + address + ")") + " offers "
                + Shown.text(offer.file().name().value()) + ", "
                + Texts.size(offer.file().content().size());
    }

    private void decide(IncomingOffer offer, String answer) {
        String name = Shown.text(offer.file().name().value());
        receiving.execute(() -> {
            if (!answer.equalsIgnoreCase("y")) {
                offer.refuse(DirectReason.DECLINED);
                return;
            }
            receiving.accept(offer, new ReceivedFile.Listener() {
                @Override
                public void onProgress(long doneBytes, long totalBytes) {
                    // The end is told above the next menu.
                }

                @Override
                public void onEnd(Path pathOrNull, boolean wasHere, DirectReason reasonOrNull) {
                    notices.accept(
                            pathOrNull == null
                                    ? name + " did not come: " + reasonOrNull.text()
                                    : "received "
                                            + Shown.text(
                                                    pathOrNull.getFileName().toString()));
                }
            });
        });
    }

    private synchronized void keep(String line) {
        if (received.size() == MOST_KEPT) {
            received.poll();
        }
        received.add(line);
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

    private final class Host implements DirectHost {
        @Override
        public void onText(IncomingText text, InetSocketAddress from) {
            String address = from.getAddress().getHostAddress();
            String who =
                    text.sender().isNone() ? address : Shown.text(text.sender().value());
            text.text().lines().forEach(line -> keep(who + ": " + Shown.text(line)));
            notices.accept("a text has come from " + who + " (V)");
        }

        @Override
        public void onOffer(IncomingOffer offer) {
            synchronized (DirectEntries.this) {
                offers.add(offer);
            }
            notices.accept(describe(offer) + " (V)");
        }

        @Override
        public void onWithdrawn(IncomingOffer offer) {
            synchronized (DirectEntries.this) {
                offers.remove(offer);
            }
        }

        @Override
        public void onPicture(PictureOffer offer) {
            // Its sender waits for an answer that it may never get; p101 receive is where somebody sits to give one.
            notices.accept("the picture " + Shown.text(offer.name()) + " was refused: p101 receive takes such");
            offer.refuse();
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
