package p101.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import p101.direct.DirectLimits;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Announcement;

/** {@code p101 receive}: takes texts and files that others send here. */
final class ReceiveCommand implements Command {
    private static final Option PORT = Option.value("N", "TCP and UDP port to receive at, 0 = a free one", "--port")
            .orElse(Integer.toString(DirectLimits.DEFAULT_PORT));
    private static final Option ACCEPT = Option.repeated(
            "WHO", "take files without asking: all, a sender's address, or the name that it gives", "--accept");
    private static final Option MAX_SIZE = Option.value(
                    "SIZE", "the largest file taken without asking, such as 500K, 20M, 4G", "--max-size")
            .orElse("1G");
    private static final Option NO_INDEX = Option.flag("tell no index; senders give HOST:PORT", "--no-index");
    private static final Option ONCE = Option.flag("end after the first text or file", "--once");

    @Override
    public String name() {
        return "receive";
    }

    @Override
    public String summary() {
        return "Receive texts and files that others send with send.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                PORT,
                CommonOptions.DIR,
                ACCEPT,
                MAX_SIZE,
                ONCE,
                NO_INDEX,
                CommonOptions.NAME,
                CommonOptions.INDEX,
                CommonOptions.BIND,
                CommonOptions.HOME,
                CommonOptions.JSON);
    }

    @Override
    public String notes() {
        return "Texts are shown as they come. A file is asked about on a terminal, with its sender and size; without a "
                + "terminal it is refused unless --accept and --max-size allow it. A name that a sender gives is a claim, "
                + "an address is proved. Files go to --dir and never replace another one; pictures are shown too when the "
                + "terminal has colours (TERM, COLORTERM, NO_COLOR). Others find this peer by --name at the index; one receiver at a time has a --home, unless --no-index. "
                + "Published programs may send texts and pictures to the port as well. With --json each line has event "
                + "(listening, text, file, refused, failed) and what belongs to it.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        PeerName name = PeerOptions.name(arguments);
        InetSocketAddress index = arguments.has(NO_INDEX) ? null : Addresses.index(arguments);
        Path folder = PeerOptions.folder(arguments);
        int port = (int) arguments.number(PORT, 0, 65_535);
        long mostBytes = ReceiveRules.parseSize(arguments.text(MAX_SIZE));
        if (mostBytes < 0) {
            throw arguments.bad(MAX_SIZE, "a size such as 500K, 20M or 4G");
        }
        for (String rule : arguments.texts(ACCEPT)) {
            if (!ReceiveRules.isRule(rule)) {
                throw CommandFailure.usage("--accept: '" + Shown.text(rule)
                        + "' is neither all, nor a whole address, nor a name that a peer can have");
            }
        }
        ReceiveRules rules = new ReceiveRules(arguments.texts(ACCEPT), mostBytes);
        CountDownLatch over = new CountDownLatch(1);
        ReceiveHost host = new ReceiveHost(
                console, rules, arguments.has(CommonOptions.JSON), arguments.has(ONCE) ? over::countDown : () -> {});
        Refused refused = new Refused(console, over);
        Receiving.Place place =
                new Receiving.Place(index, Addresses.bind(arguments), port, Addresses.home(arguments), name, folder);
        try (Receiving receiving = Receiving.open(place, host, refused)) {
            host.connect(receiving, name);
            receiving.start();
            StopSignal.Handle handle = console.stop().onStop(receiving::close);
            StopSignal.Handle woken = console.stop().onStop(over::countDown);
            over.await();
            woken.close();
            handle.close();
        }
        if (refused.why != null) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "the index refused the name " + Shown.text(name.value()) + ": " + refused.why
                            + "; choose another --name");
        }
        return console.stop().isFired() ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    /** Ends the command when nobody can find it; goes on when the index is only silent. */
    private static final class Refused implements Announcement.Listener {
        private final Console console;
        private final CountDownLatch over;
        private volatile String why;

        Refused(Console console, CountDownLatch over) {
            this.console = console;
            this.over = over;
        }

        @Override
        public void onAnnounced() {
            console.messages().note("p101: others find this peer at the index");
        }

        @Override
        public void onRefused(String reason) {
            why = Shown.text(reason);
            over.countDown();
        }

        @Override
        public void onSilent() {
            console.messages().note("p101: the index does not answer; still trying, and receiving all the same");
        }
    }
}
