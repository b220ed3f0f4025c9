package p101.app;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import p101.loop.EventLoop;
import p101.model.Endpoint;
import p101.model.Shown;
import p101.overlay.Form;
import p101.overlay.OverlayNode;
import p101.overlay.OverlayRoot;

/** {@code p101 overlay}: a root or a node of a tree overlay; shows the tree, broadcasts what is typed. */
final class OverlayCommand implements Command {
    private static final Option ROOT = Option.flag("be the root of a tree", "--root");
    private static final Option JOIN =
            Option.value("HOST[:PORT]", "join the tree of this root (default port: 7735)", "--join");
    private static final Option PORT = Option.value(
            "N", "TCP port to listen on, 0 = a free one (default: 7735 for a root, a free one for a node)", "--port");
    private static final Option ASCII = Option.flag("speak the ASCII form of packets (the default)", "--ascii");
    private static final Option BINARY =
            Option.flag("speak the binary form; with --ascii, both, if the root is p101's", "--binary");
    private static final Option ONCE =
            Option.flag("end when the input has ended and what was typed is passed on", "--once");

    private static final long PRINT_MILLIS = 100;
    private static final long SHOW_TREE_NANOS = 1_000_000_000L;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    @Override
    public String name() {
        return "overlay";
    }

    @Override
    public String summary() {
        return "Talk in a tree overlay, as its root or as a node.";
    }

    @Override
    public List<Option> options() {
        return List.of(ROOT, JOIN, PORT, CommonOptions.BIND, ASCII, BINARY, ONCE, CommonOptions.JSON);
    }

    @Override
    public String notes() {
        return "Each line of the input is broadcast to all others; what they say is shown with the address of the "
                + "neighbour that passed it on. Changes of the tree begin with + or -; a root shows the whole tree "
                + "when it has changed. Runs until SIGINT (Ctrl-C) or SIGTERM, also when the input has ended, unless "
                + "--once is given. With --json each line has an event: listening, registered, placed, child-joined, "
                + "child-left, parent-found, parent-lost, died, revived, no-place, tree, heard, end-of-input.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        if (arguments.has(ROOT) == arguments.has(JOIN)) {
            throw CommandFailure.usage("overlay: give --root or --join HOST:PORT, one of the two");
        }
        EventLog log = new EventLog(console.messages());
        OverlayPrinter printer = new OverlayPrinter(arguments.has(CommonOptions.JSON));
        try (EventLoop loop = new EventLoop(System::nanoTime, log::failure)) {
            OverlayRunning running =
                    arguments.has(ROOT) ? root(arguments, loop, printer) : node(arguments, loop, printer);
            serve(running, arguments.has(ONCE), loop, printer, console);
        } catch (BindException inUse) {
            throw new CommandFailure(
                    ExitCode.IN_USE,
                    "the TCP port is in use, or the address is not of this machine: choose another --port or --bind",
                    inUse);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the overlay cannot start (" + Shown.text(String.valueOf(refused.getMessage()))
                            + "): check --bind, --port and --join",
                    refused);
        }
        return console.stop().isFired() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private static int port(Arguments arguments, int fallback) throws CommandFailure {
        return arguments.has(PORT) ? (int) arguments.number(PORT, 0, 65_535) : fallback;
    }

    private static InetAddress bind(Arguments arguments) throws CommandFailure {
        InetAddress bind = Addresses.bind(arguments);
        if (bind != null && !(bind instanceof Inet4Address)) {
            throw arguments.bad(CommonOptions.BIND, "an IPv4 address; the overlay has no room for others");
        }
        return bind;
    }

    private static OverlayRunning root(Arguments arguments, EventLoop loop, OverlayPrinter printer)
            throws CommandFailure, IOException {
        InetAddress bind = bind(arguments);
        int port = port(arguments, OverlayRoot.DEFAULT_PORT);
        OverlayRoot root = new OverlayRoot(loop, printer);
        InetSocketAddress local =
                root.listen(bind == null ? new InetSocketAddress(port) : new InetSocketAddress(bind, port));
        printer.listening("root", new Endpoint(local.getAddress(), local.getPort()));
        return OverlayRunning.of(root, printer);
    }

    private static OverlayRunning node(Arguments arguments, EventLoop loop, OverlayPrinter printer)
            throws CommandFailure, IOException {
        InetSocketAddress to = P2pciAddress.resolve(JOIN.name(), arguments.text(JOIN), OverlayRoot.DEFAULT_PORT);
        if (!(to.getAddress() instanceof Inet4Address)) {
            throw arguments.bad(JOIN, "an IPv4 address; the overlay has no room for others");
        }
        OverlayNode node = OverlayNode.start(loop, to, bind(arguments), port(arguments, 0), forms(arguments), printer);
        printer.listening("node", node.self());
        return OverlayRunning.of(node);
    }

    private static List<Form> forms(Arguments arguments) {
        List<Form> forms = new ArrayList<>();
        if (arguments.has(ASCII) || !arguments.has(BINARY)) {
            forms.add(Form.ASCII);
        }
        if (arguments.has(BINARY)) {
            forms.add(Form.BINARY);
        }
        return forms;
    }

    private static void serve(
            OverlayRunning running, boolean once, EventLoop loop, OverlayPrinter printer, Console console)
            throws InterruptedException {
        OverlayTyping typing = new OverlayTyping(running, once, loop, printer);
        showTreeFromTimeToTime(running, loop, printer);
        loop.schedule(PATIENCE_NANOS, () -> tellTrouble(running, console.messages()));
        StopSignal.Handle stop = console.stop().onStop(loop::close);
        start(loop::run, "p101-overlay");
        start(new OverlayInput(console.in(), loop, typing, console.messages()::error), "p101-overlay-input");
        try {
            while (!console.stop().isFired() && !typing.isOver()) {
                printer.printSome(console.out(), PRINT_MILLIS);
            }
        } finally {
            stop.close();
            loop.close();
        }
        printer.printSome(console.out(), 0);
    }

    private static void tellTrouble(OverlayRunning running, Messages messages) {
        String trouble = running.trouble();
        if (trouble != null) {
            messages.error(trouble);
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void showTreeFromTimeToTime(OverlayRunning running, EventLoop loop, OverlayPrinter printer) {
        loop.schedule(SHOW_TREE_NANOS, () -> {
            if (printer.takeChanged()) {
                running.showTree();
            }
            showTreeFromTimeToTime(running, loop, printer);
        });
    }
}
