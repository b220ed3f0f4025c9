package p101.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import p101.control.ControlAnswer;
import p101.fetch.AddressRules;
import p101.index.IndexConfig;
import p101.index.IndexPortInUseException;
import p101.index.IndexServer;
import p101.index.IndexSnapshot;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.model.Randomness;
import p101.model.Shown;
import p101.peer.HomeFolders;
import p101.peer.PeerException;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;

/** {@code p101 index}: knows who shares what. */
final class IndexCommand implements Command {
    private static final int MAX_LEASE_SECONDS = 65_535;

    private static final Option PORT =
            Option.value("N", "UDP port, 0 = a free one", "--port").orElse("60000");
    private static final Option BIND = Option.repeated(
            "ADDRESS", "answer on this address of this machine only; may be given again (default: all)", "--bind");
    private static final Option ADVERTISE = Option.value(
            "ADDRESS",
            "the address under which others are told of peers on this machine's loopback (default: the one that they asked)",
            "--advertise");
    private static final Option LEASE = Option.value(
                    "SECONDS", "a peer that is not heard of for so long is forgotten", "--lease")
            .orElse("60");
    private static final Option TRACE = Option.flag("log a line for each PDU, to standard error", "--trace");
    private static final Option MAX_ROWS = limit("--max-rows", "most registered files", 2_000_000);
    private static final Option MAX_ROWS_PER_ADDRESS =
            limit("--max-rows-per-address", "most registered files of one address", 250_000);
    private static final Option MAX_PEERS = limit("--max-peers", "most peers", 65_536);
    private static final Option MAX_PEERS_PER_ADDRESS =
            limit("--max-peers-per-address", "most peers of one address", 1_024);
    private static final Option MAX_LOOKS = limit("--max-looks", "most files looked at for one request", 1_000);

    private static Option limit(String name, String description, int fallback) {
        return Option.value("N", description, name).orElse(Integer.toString(fallback));
    }

    @Override
    public String name() {
        return "index";
    }

    @Override
    public String summary() {
        return "Run an index: it knows who shares what.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(PORT, BIND, ADVERTISE, LEASE, TRACE));
        options.addAll(IndexDoors.options());
        options.addAll(List.of(
                MAX_ROWS,
                MAX_ROWS_PER_ADDRESS,
                MAX_PEERS,
                MAX_PEERS_PER_ADDRESS,
                MAX_LOOKS,
                CommonOptions.HOME,
                CommonOptions.JSON));
        return options;
    }

    @Override
    public String notes() {
        return "Prints where it listens, then runs until SIGINT (Ctrl-C) or SIGTERM. It keeps no file list on the "
                + "disk: after a restart the peers bring back what they share. The home holds the socket of p101 "
                + "status, and the log of a lobby.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        EventLog log = new EventLog(console.messages());
        IndexConfig config = config(arguments, log);
        int leaseSeconds = (int) arguments.number(LEASE, 1, MAX_LEASE_SECONDS);
        MemoryRegistry registry =
                new MemoryRegistry(limits(arguments), leaseSeconds, Clock.SYSTEM.unixSeconds(), Randomness.secure());
        HomeFolders folders = Addresses.home(arguments);
        try (IndexServer server = IndexServer.start(config, registry, Clock.SYSTEM, log::failure);
                IndexHome home = IndexHome.lock(folders, console.messages());
                IndexDoors doors = IndexDoors.open(arguments, config, registry, home.state(), log);
                StatusSocket status = StatusSocket.open(
                        home.socket(), request -> answer(request.verb(), server, doors), console.messages())) {
            announce(server, doors, arguments.has(CommonOptions.JSON), console);
            console.stop().onStop(server::close);
            console.stop().onStop(doors::close);
            console.stop().onStop(status::close);
            console.stop().await();
        } catch (PeerException homeInUse) {
            throw Failures.of(homeInUse);
        } catch (IndexPortInUseException inUse) {
            throw new CommandFailure(ExitCode.IN_USE, inUse.getMessage(), inUse);
        } catch (IOException refused) {
            boolean isBadBind = refused.getCause() instanceof BindException;
            throw new CommandFailure(
                    isBadBind ? ExitCode.USAGE : ExitCode.FAILED,
                    "the index cannot listen (" + Shown.text(String.valueOf(refused.getMessage()))
                            + "): check --bind and --port",
                    refused);
        }
        return ExitCode.INTERRUPTED;
    }

    private static IndexConfig config(Arguments arguments, EventLog log) throws CommandFailure {
        List<InetAddress> bind = new ArrayList<>();
        for (String address : arguments.texts(BIND)) {
            bind.add(Addresses.address(BIND, address));
        }
        IndexConfig config = IndexConfig.DEFAULT
                .withPort((int) arguments.number(PORT, 0, 65_535))
                .withBind(bind);
        String advertise = arguments.text(ADVERTISE);
        if (advertise != null) {
            config = config.withAdvertise(advertised(advertise));
        }
        return arguments.has(TRACE) ? config.withTrace(log::info) : config;
    }

    /** Downloaders refuse what only this machine or this link reaches: spec/PDU.md, section "Rules of a downloader". */
    private static InetAddress advertised(String text) throws CommandFailure {
        InetAddress address = Addresses.address(ADVERTISE, text);
        if (AddressRules.isRefused(new Endpoint(address, 1), false)) {
            throw CommandFailure.usage("--advertise: nobody elsewhere can fetch from " + Shown.text(text)
                    + "; give the address of this machine by which others reach it");
        }
        return address;
    }

    private static RegistryLimits limits(Arguments arguments) throws CommandFailure {
        return new RegistryLimits(
                limit(arguments, MAX_ROWS),
                limit(arguments, MAX_ROWS_PER_ADDRESS),
                limit(arguments, MAX_PEERS),
                limit(arguments, MAX_PEERS_PER_ADDRESS),
                limit(arguments, MAX_LOOKS));
    }

    private static int limit(Arguments arguments, Option option) throws CommandFailure {
        return (int) arguments.number(option, 1, Integer.MAX_VALUE);
    }

    private static void announce(IndexServer server, IndexDoors doors, boolean json, Console console) {
        if (json) {
            JsonLine line = new JsonLine()
                    .add("event", "listening")
                    .add("port", server.port())
                    .add("addresses", addresses(server));
            doors.announce(line);
            console.out().line(line.toString());
        } else {
            console.out().line("p101 index listening on UDP " + addresses(server));
            doors.announce(console.out()::line);
        }
        console.out().flush();
    }

    private static String addresses(IndexServer server) {
        return server.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }

    private static ControlAnswer answer(String verb, IndexServer server, IndexDoors doors) {
        if (!verb.equals(ControlQuestions.STATUS)) {
            return ControlAnswer.failed("an index cannot be asked to " + verb);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("pid", Long.toString(ProcessHandle.current().pid()));
        fields.put("addresses", addresses(server));
        addCounters(server.counters(), fields);
        doors.addCounters(fields);
        return ControlAnswer.of(fields);
    }

    private static void addCounters(IndexSnapshot counters, Map<String, String> fields) {
        fields.put("files", Integer.toString(counters.size().rows()));
        fields.put("peers", Integer.toString(counters.size().owners()));
        counters.pdus().forEach((type, count) -> fields.put("pdu_" + lower(type), count.toString()));
        counters.errors().forEach((code, count) -> fields.put("error_" + lower(code), count.toString()));
        counters.dropped().forEach((reason, count) -> fields.put("dropped_" + lower(reason), count.toString()));
        fields.put("wrong_cookies", Long.toString(counters.wrongCookies()));
        fields.put("send_failures", Long.toString(counters.sendFailures()));
        fields.put("receive_failures", Long.toString(counters.receiveFailures()));
        fields.put("program_failures", Long.toString(counters.failures()));
        if (counters.kernelDrops() >= 0) {
            fields.put("kernel_drops", Long.toString(counters.kernelDrops()));
        }
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
