package p101.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import p101.model.Shown;
import p101.p2pci.Holder;
import p101.p2pci.P2pciClient;
import p101.p2pci.P2pciServer;
import p101.p2pci.RfcNumber;
import p101.p2pci.Row;

/** {@code p101 p2pci}: a plain P2P-CI program, at our index or somebody else's. */
final class P2pciCommand implements Command {
    static final Option SERVER = Option.value("HOST[:PORT]", "the P2P-CI index to ask", "--server")
            .orEnvironment("P101_P2PCI_SERVER")
            .orElse("127.0.0.1:" + P2pciServer.DEFAULT_PORT);
    private static final Option HOST =
            Option.value("HOST", "the host to give as ours (default: the address that the index sees)", "--host");
    private static final Option PORT = Option.value("N", "the TCP port to give as ours: where a peer serves", "--port")
            .orEnvironment("P101_PORT")
            .orElse("6010");
    private static final Option ONCE =
            Option.flag("add: end at once, which takes the RFC off the list again", "--once");

    private static final int MOST_OPERANDS = 64;

    @Override
    public String name() {
        return "p2pci";
    }

    @Override
    public String summary() {
        return "Speak P2P-CI/1.0: add, lookup, list, get.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SERVER,
                HOST,
                PORT,
                ONCE,
                CommonOptions.DIR,
                GetOptions.EXISTING,
                CommonOptions.BIND,
                CommonOptions.HOME);
    }

    @Override
    public Operands operands() {
        return new Operands(
                "ACTION",
                1,
                MOST_OPERANDS,
                "list | lookup NUMBER | add NUMBER TITLE | get NUMBER [HOST:PORT of a peer]");
    }

    @Override
    public String notes() {
        return "Answers are printed as they came. add stays until it is interrupted, because a P2P-CI index lists an "
                + "RFC only as long as the connection stands; share the file rfcN.txt with p101 share --port N, and "
                + "others get it from there. get asks the index who has the RFC unless a peer is given, and puts it "
                + "into --dir as rfcN.txt. 404 ends with exit code 3.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        List<String> words = arguments.operands();
        return switch (words.get(0)) {
            case "list" -> {
                requireCount(words, 1, "list");
                yield withServer(arguments, console, client -> print(client.list(self(arguments, client)), console));
            }
            case "lookup" -> {
                requireCount(words, 2, "lookup NUMBER");
                RfcNumber number = number(words.get(1));
                yield withServer(
                        arguments, console, client -> print(client.lookup(number, self(arguments, client)), console));
            }
            case "add" -> withServer(arguments, console, client -> add(arguments, words, client, console));
            case "get" -> get(arguments, words, console);
            default ->
                throw CommandFailure.usage("p2pci: '" + Shown.text(words.get(0)) + "' is not list, lookup, add or get");
        };
    }

    /** What is done while a connection to the index stands. */
    private interface Asking {
        int ask(P2pciClient client) throws CommandFailure, IOException, InterruptedException;
    }

    private static int withServer(Arguments arguments, Console console, Asking asking)
            throws CommandFailure, InterruptedException {
        InetSocketAddress server =
                P2pciAddress.resolve(SERVER.name(), arguments.text(SERVER), P2pciServer.DEFAULT_PORT);
        try (P2pciClient client = P2pciClient.connect(server, Addresses.bind(arguments))) {
            return asking.ask(client);
        } catch (IOException silent) {
            throw new CommandFailure(
                    ExitCode.INDEX_SILENT,
                    "the P2P-CI index " + Failures.show(server) + " does not answer ("
                            + Shown.text(String.valueOf(silent.getMessage())) + "): check --server",
                    silent);
        }
    }

    private static int add(Arguments arguments, List<String> words, P2pciClient client, Console console)
            throws CommandFailure, IOException, InterruptedException {
        if (words.size() < 3) {
            throw CommandFailure.usage("p2pci: give a number and a title: p101 p2pci add 123 A Title");
        }
        String title = String.join(" ", words.subList(2, words.size()));
        Row row;
        try {
            row = new Row(number(words.get(1)), title, self(arguments, client));
        } catch (IllegalArgumentException refused) {
            throw CommandFailure.usage("p2pci: the title is " + refused.getMessage());
        }
        int exitCode = print(client.add(row), console);
        if (exitCode != ExitCode.OK || arguments.has(ONCE)) {
            return exitCode;
        }
        console.messages().note("p101: listed as long as this runs; interrupt it (Ctrl-C) to leave");
        console.stop().await();
        return ExitCode.INTERRUPTED;
    }

    private static int get(Arguments arguments, List<String> words, Console console)
            throws CommandFailure, InterruptedException {
        if (words.size() < 2 || words.size() > 3) {
            throw CommandFailure.usage(
                    "p2pci: give a number, and a peer if you know one: p101 p2pci get 123 [HOST:PORT]");
        }
        RfcNumber number = number(words.get(1));
        P2pciGet get = new P2pciGet(arguments, console, number);
        if (words.size() == 3) {
            return get.from(List.of(P2pciAddress.resolve("p2pci get", words.get(2), 0)));
        }
        P2pciClient.Reply[] reply = new P2pciClient.Reply[1];
        withServer(arguments, console, client -> {
            reply[0] = client.lookup(number, self(arguments, client));
            return ExitCode.OK;
        });
        int exitCode = exitCode(reply[0]);
        if (exitCode != ExitCode.OK) {
            print(reply[0], console);
            return exitCode;
        }
        List<InetSocketAddress> places = P2pciAddress.ofRows(reply[0].rows());
        if (places.isEmpty()) {
            throw new CommandFailure(ExitCode.NO_SOURCE, "p2pci: " + P2pciAddress.NO_PLACE);
        }
        return get.from(places);
    }

    private static Holder self(Arguments arguments, P2pciClient client) throws CommandFailure {
        String host = arguments.text(HOST);
        if (host != null) {
            Addresses.checkHost(HOST, host);
        }
        InetAddress local = client.localAddress();
        int port = (int) arguments.number(PORT, 1, 65_535);
        try {
            return new Holder(host == null ? local.getHostAddress() : host, port);
        } catch (IllegalArgumentException refused) {
            throw arguments.bad(HOST, "a host name without blanks");
        }
    }

    private static RfcNumber number(String text) throws CommandFailure {
        return RfcNumber.parse(text)
                .orElseThrow(
                        () -> CommandFailure.usage("p2pci: '" + Shown.text(text) + "' is not the number of an RFC"));
    }

    private static void requireCount(List<String> words, int count, String usage) throws CommandFailure {
        if (words.size() != count) {
            throw CommandFailure.usage("p2pci: write it as p101 p2pci " + usage);
        }
    }

    private static int print(P2pciClient.Reply reply, Console console) {
        reply.lines().forEach(line -> console.out().line(Shown.text(line)));
        console.out().flush();
        return exitCode(reply);
    }

    private static int exitCode(P2pciClient.Reply reply) {
        return switch (reply.code()) {
            case 200 -> ExitCode.OK;
            case 404 -> ExitCode.NOT_FOUND;
            case 0 -> ExitCode.FAILED;
            default -> ExitCode.REFUSED;
        };
    }
}
