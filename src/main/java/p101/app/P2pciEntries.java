package p101.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import p101.menu.EndOfInputException;
import p101.menu.MenuEntry;
import p101.menu.MenuSession;
import p101.model.Shown;
import p101.p2pci.Holder;
import p101.p2pci.P2pciClient;
import p101.p2pci.P2pciServer;
import p101.p2pci.RfcNumber;
import p101.p2pci.Row;

/**
 * The menu's entries for a P2P-CI index. They share one connection, opened when it is first needed: what was added stays
 * listed until the menu ends. Menu thread, except {@link #close}, which comes after it.
 */
final class P2pciEntries implements AutoCloseable {
    private final Arguments arguments;
    private final Console console;
    private final IntSupplier port;
    private P2pciClient client;

    /**
     * @param port where this peer serves
     */
    P2pciEntries(Arguments arguments, Console console, IntSupplier port) {
        this.arguments = arguments;
        this.console = console;
        this.port = port;
    }

    List<MenuEntry> all() {
        return List.of(
                new Entry('A', "Add an RFC to the P2P-CI index", this::add),
                new Entry('K', "Look up an RFC in the P2P-CI index", this::lookup),
                new Entry('I', "List the P2P-CI index", this::list),
                new Entry('G', "Get an RFC from a P2P-CI peer", this::get));
    }

    private interface Action {
        void run(MenuSession session) throws EndOfInputException, InterruptedException, IOException, CommandFailure;
    }

    private final class Entry implements MenuEntry {
        private final char letter;
        private final String title;
        private final Action action;

        Entry(char letter, String title, Action action) {
            this.letter = letter;
            this.title = title;
            this.action = action;
        }

        @Override
        public char letter() {
            return letter;
        }

        @Override
        public String title() {
            return title;
        }

        @Override
        public void run(MenuSession session) throws EndOfInputException, InterruptedException {
            try {
                action.run(session);
            } catch (IOException silent) {
                close();
                session.say("The P2P-CI index does not answer: " + Shown.text(String.valueOf(silent.getMessage())));
            } catch (CommandFailure failure) {
                session.say("Not done: " + failure.getMessage());
            }
        }
    }

    private void add(MenuSession session) throws EndOfInputException, IOException, CommandFailure {
        Optional<RfcNumber> number = askNumber(session);
        if (number.isPresent()) {
            String title = session.ask("What is its title?");
            try {
                P2pciClient index = connected();
                show(index.add(new Row(number.get(), title, self())), session);
            } catch (IllegalArgumentException refused) {
                session.say("Not a title: " + refused.getMessage());
            }
        }
    }

    private void lookup(MenuSession session) throws EndOfInputException, IOException, CommandFailure {
        Optional<RfcNumber> number = askNumber(session);
        if (number.isPresent()) {
            show(connected().lookup(number.get(), self()), session);
        }
    }

    private void list(MenuSession session) throws IOException, CommandFailure {
        show(connected().list(self()), session);
    }

    private void get(MenuSession session)
            throws EndOfInputException, InterruptedException, IOException, CommandFailure {
        Optional<RfcNumber> number = askNumber(session);
        if (number.isEmpty()) {
            return;
        }
        P2pciClient.Reply reply = connected().lookup(number.get(), self());
        show(reply, session);
        List<InetSocketAddress> places = P2pciAddress.ofRows(reply.rows());
        if (places.isEmpty() && reply.code() == 200) {
            session.say("Not done: " + P2pciAddress.NO_PLACE);
        } else if (!places.isEmpty()) {
            new P2pciGet(arguments, console, number.get()).from(places);
        }
    }

    private static Optional<RfcNumber> askNumber(MenuSession session) throws EndOfInputException {
        Optional<RfcNumber> number = RfcNumber.parse(session.ask("What is the number of the RFC?"));
        if (number.isEmpty()) {
            session.say("Not the number of an RFC: give digits alone");
        }
        return number;
    }

    private static void show(P2pciClient.Reply reply, MenuSession session) {
        reply.lines().forEach(line -> session.say(Shown.text(line)));
    }

    private Holder self() {
        InetAddress local = client.localAddress();
        return new Holder(local.getHostAddress(), port.getAsInt());
    }

    private P2pciClient connected() throws IOException, CommandFailure {
        if (client == null) {
            InetSocketAddress server = P2pciAddress.resolve(
                    P2pciCommand.SERVER.name(), arguments.text(P2pciCommand.SERVER), P2pciServer.DEFAULT_PORT);
            client = P2pciClient.connect(server, Addresses.bind(arguments));
        }
        return client;
    }

    /** Leaves the P2P-CI index. */
    @Override
    public void close() {
        if (client != null) {
            try {
                client.close();
            } catch (IOException gone) {
                // It is closed all the same.
            }
            client = null;
        }
    }
}
