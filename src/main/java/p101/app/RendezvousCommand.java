package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import p101.model.Shown;
import p101.rendezvous.RendezvousClient;
import p101.rendezvous.RendezvousServer;

/** {@code p101 rendezvous}: a plain program of the published rendezvous, at our index or somebody else's server. */
final class RendezvousCommand implements Command {
    static final Option SERVER = Option.value("HOST[:PORT]", "the rendezvous to ask", "--server")
            .orEnvironment("P101_RENDEZVOUS_SERVER")
            .orElse("127.0.0.1:" + RendezvousServer.DEFAULT_PORT);
    static final Option PORT = Option.value("N", "register: the TCP port to give as ours", "--port")
            .orEnvironment("P101_PORT")
            .orElse("5000");
    static final Option HOST = Option.value(
            "HOST", "register: the host name to give as ours (default: $HOSTNAME, if it is exported)", "--host");
    static final Option ADDRESS = Option.value(
            "ADDRESS", "register: the IP address to give as ours (default: the one that the server sees)", "--address");
    static final Option ONCE = Option.flag("register: end at once, and stay registered", "--once");

    @Override
    public String name() {
        return "rendezvous";
    }

    @Override
    public String summary() {
        return "Speak the rendezvous protocol: register, list, choose.";
    }

    @Override
    public List<Option> options() {
        return List.of(SERVER, PORT, HOST, ADDRESS, ONCE, CommonOptions.BIND, CommonOptions.JSON);
    }

    @Override
    public Operands operands() {
        return new Operands("ACTION", 1, 2, "list | choose NAME | register NAME");
    }

    @Override
    public String notes() {
        return "list prints the names of all peers; choose prints address:port and host name of one. register stays, "
                + "registers again every minute, and leaves when it is interrupted; an index of p101 then forgets the "
                + "name at once. --json: name; name, address, port, host; event, name, confirmed. An unknown name "
                + "ends with exit code 3, a taken one with 5.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        List<String> words = arguments.operands();
        String action = words.get(0);
        if (!List.of("list", "choose", "register").contains(action)) {
            throw CommandFailure.usage("rendezvous: '" + Shown.text(action) + "' is not list, choose or register");
        }
        boolean named = !action.equals("list");
        if (words.size() != (named ? 2 : 1)) {
            throw CommandFailure.usage("rendezvous: write it as p101 rendezvous " + action + (named ? " NAME" : ""));
        }
        InetSocketAddress server =
                P2pciAddress.resolve(SERVER.name(), arguments.text(SERVER), RendezvousServer.DEFAULT_PORT);
        RendezvousClient client = new RendezvousClient(server, Addresses.bind(arguments));
        try {
            return switch (action) {
                case "list" -> list(client, arguments, console);
                case "choose" -> choose(client, words.get(1), arguments, console);
                default -> new RendezvousStay(client, arguments, console, words.get(1)).run();
            };
        } catch (IOException silent) {
            throw new CommandFailure(
                    ExitCode.INDEX_SILENT,
                    "the rendezvous " + Failures.show(server) + " does not answer as it should ("
                            + Shown.text(String.valueOf(silent.getMessage())) + "): check --server",
                    silent);
        }
    }

    private static int list(RendezvousClient client, Arguments arguments, Console console)
            throws IOException, CommandFailure {
        RendezvousClient.Reply reply = answered(client.list());
        boolean json = arguments.has(CommonOptions.JSON);
        for (String name : reply.items()) {
            console.out().line(json ? new JsonLine().add("name", name).toString() : Shown.text(name));
        }
        return ExitCode.OK;
    }

    private static int choose(RendezvousClient client, String name, Arguments arguments, Console console)
            throws IOException, CommandFailure {
        List<String> items = answered(client.choose(name)).items();
        // The published server gives an empty list for a name that it does not know.
        if (items.isEmpty()) {
            throw unknown(name);
        }
        String address = items.get(0);
        String port = items.size() > 1 ? items.get(1) : "";
        String host = items.size() > 2 ? items.get(2) : "";
        if (arguments.has(CommonOptions.JSON)) {
            JsonLine line = new JsonLine().add("name", name).add("address", address);
            console.out()
                    .line((port.matches("[0-9]{1,5}") ? line.add("port", Long.parseLong(port)) : line.add("port", port))
                            .add("host", host)
                            .toString());
        } else {
            String shown = address.indexOf(':') < 0 ? address : "[" + address + "]";
            console.out().line(Shown.text(shown + ":" + port + "  " + host));
        }
        return ExitCode.OK;
    }

    private static RendezvousClient.Reply answered(RendezvousClient.Reply reply) throws IOException, CommandFailure {
        switch (reply.code()) {
            case 200 -> {
                return reply;
            }
            case 0 -> throw new IOException("it closed the connection without an answer");
            case 404 -> throw new CommandFailure(ExitCode.NOT_FOUND, "the rendezvous knows no such peer");
            default -> throw refused(reply);
        }
    }

    private static CommandFailure unknown(String name) {
        return new CommandFailure(
                ExitCode.NOT_FOUND,
                "the rendezvous knows no peer " + Shown.text(name) + ": p101 rendezvous list shows all");
    }

    /** Anything else than 200 and 404. */
    static CommandFailure refused(RendezvousClient.Reply reply) {
        int exitCode = reply.code() == 409 || reply.code() == 503 ? ExitCode.REFUSED : ExitCode.FAILED;
        String why = reply.code() == 409
                ? "a peer at another address has this name; pick another one"
                : reply.code() + " " + Shown.text(reply.reason());
        return new CommandFailure(exitCode, "the rendezvous refused: " + why);
    }
}
