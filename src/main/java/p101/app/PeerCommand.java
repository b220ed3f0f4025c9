package p101.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import p101.lobby.LobbyServer;
import p101.menu.EndOfInputException;
import p101.menu.Menu;
import p101.menu.MenuEntry;
import p101.menu.Notices;
import p101.menu.PipeScreen;
import p101.menu.RunningPeer;
import p101.menu.Screen;
import p101.menu.TerminalScreen;
import p101.model.PeerName;
import p101.p2pci.P2pciServer;
import p101.peer.Peer;
import p101.peer.PeerConfig;
import p101.peer.PeerException;

/** {@code p101 peer}: a peer with the menu of the course system. */
final class PeerCommand implements Command {
    private static final int DEFAULT_ROWS = 24;

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public String summary() {
        return "Run a peer with a menu: list, register, download.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                CommonOptions.INDEX,
                CommonOptions.NAME,
                CommonOptions.PORT,
                CommonOptions.BIND,
                CommonOptions.DIR,
                CommonOptions.HOME,
                P2pciCommand.SERVER,
                LobbyEntry.LOBBY);
    }

    @Override
    public String help(Option option) {
        if (option == CommonOptions.NAME) {
            return "your name among the peers, at most 16 bytes; asked for if not given [P101_NAME]";
        } else if (option == CommonOptions.PORT) {
            return "TCP port to serve on, 0 = a free one; asked for if not given [P101_PORT]";
        } else if (option == CommonOptions.DIR) {
            return "the folder that files are registered from and downloaded to, made if it is not there (default: .) "
                    + "[P101_DIR]";
        }
        return option.help();
    }

    @Override
    public String notes() {
        return "Works from a pipe too; the end of the input counts as Q. Quitting by Q, "
                + "SIGINT (Ctrl-C) or SIGTERM de-registers everything within 2 s.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        P2pciAddress.check(P2pciCommand.SERVER, arguments, P2pciServer.DEFAULT_PORT);
        P2pciAddress.check(LobbyEntry.LOBBY, arguments, LobbyServer.DEFAULT_PORT);
        Screen screen = screen(console);
        PeerName name;
        try {
            name = arguments.text(CommonOptions.NAME) == null
                    ? Menu.askName(screen)
                    : Addresses.peerName(arguments, CommonOptions.NAME);
            return runPeer(arguments, name, screen, console);
        } catch (EndOfInputException endedEarly) {
            return ExitCode.OK;
        }
    }

    private static Screen screen(Console console) {
        Messages messages = console.messages();
        return console.interactive() && !"dumb".equals(console.environment().get("TERM"))
                ? new TerminalScreen(console.in(), console.out().stream(), messages.columns() + 1, rows(console))
                : new PipeScreen(console.in(), console.out().stream());
    }

    private static int rows(Console console) {
        try {
            return Integer.parseInt(console.environment().getOrDefault("LINES", ""));
        } catch (NumberFormatException unset) {
            return DEFAULT_ROWS;
        }
    }

    private static int runPeer(Arguments arguments, PeerName name, Screen screen, Console console)
            throws CommandFailure, EndOfInputException, InterruptedException {
        boolean portGiven = arguments.isGiven(CommonOptions.PORT);
        Notices notices = new Notices();
        while (true) {
            int port = portGiven ? Addresses.port(arguments) : Menu.askPort(screen);
            PeerConfig plain = PeerOptions.menuConfig(arguments, name, port);
            PeerConfig config = plain.withDialect(new P2pciDialect(plain.home().cache(), notices::note));
            try (Peer peer = Peer.open(config, notices);
                    P2pciEntries p2pci = new P2pciEntries(arguments, console, peer::port);
                    LobbyEntry lobby = new LobbyEntry(arguments, console, notices);
                    DirectEntries direct = new DirectEntries(arguments, console, notices::note)) {
                List<MenuEntry> further = new ArrayList<>(p2pci.all());
                further.add(lobby);
                further.addAll(direct.all());
                runMenu(
                        peer,
                        config,
                        new Menu(screen, new RunningPeer(peer, config.folder()), notices, further),
                        console);
                return console.stop().isFired() ? ExitCode.INTERRUPTED : ExitCode.OK;
            } catch (PeerException failure) {
                if (portGiven || failure.problem() != PeerException.Problem.PORT_IN_USE) {
                    throw Failures.of(failure);
                }
                screen.line(failure.getMessage());
            }
        }
    }

    /** The menu has a thread of its own; this one waits for its end, or for the signal to stop. */
    private static void runMenu(Peer peer, PeerConfig config, Menu shown, Console console) throws InterruptedException {
        PeerControl control = new PeerControl(peer, Failures.show(config.index()));
        try (StatusSocket status = StatusSocket.open(ControlSockets.peer(config.home()), control, console.messages())) {
            console.stop().onStop(status::close);
            StopSignal.Handle handle = console.stop().onStop(() -> quit(peer));
            Thread menu = new Thread(shown, "p101-menu");
            menu.start();
            menu.join();
            handle.close();
        }
    }

    private static void quit(Peer peer) {
        try {
            peer.quit().get(ShareCommand.QUIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notConfirmed) {
            // The index forgets this peer by itself within its lease.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
