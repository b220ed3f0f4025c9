package p101.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import p101.model.Shown;
import p101.p2pci.Row;
import p101.peer.IndexAddress;

/** Hosts and ports as P2P-CI people write them; host names are looked up, for it is the user who asks. */
final class P2pciAddress {
    /** What is said when {@link #ofRows} gives none although there are rows. */
    static final String NO_PLACE =
            "none of the hosts that the index names is known here; p101 p2pci get NUMBER HOST:PORT asks a peer directly";

    private static final int MAX_PORT = 65_535;

    private P2pciAddress() {}

    /**
     * {@code HOST:PORT}, {@code HOST} or {@code [IPv6]:PORT}.
     *
     * @param where what a message calls the place of the text
     * @param fallbackPort when the text has none; 0 = it must have one
     */
    static InetSocketAddress resolve(String where, String text, int fallbackPort) throws CommandFailure {
        Place place = parse(where, text, fallbackPort);
        try {
            return new InetSocketAddress(InetAddress.getByName(place.host()), place.port());
        } catch (UnknownHostException unknown) {
            throw CommandFailure.usage(
                    where + ": the host '" + Shown.text(place.host()) + "' is not known; give its IP address");
        }
    }

    /** Refuses what is no address at all, without looking up a host: for options that are used much later, or never. */
    static void check(Option option, Arguments arguments, int fallbackPort) throws CommandFailure {
        parse(option.name(), arguments.text(option), fallbackPort);
    }

    private record Place(String host, int port) {}

    private static Place parse(String where, String text, int fallbackPort) throws CommandFailure {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > bracket && (bracket >= 0 || text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(text.substring(colon + 1)) : fallbackPort;
        if (host.isEmpty() || IndexAddress.isUnfinishedIpv4(host) || port < 1) {
            throw CommandFailure.usage(where + ": '" + Shown.text(text) + "' is not HOST:PORT");
        }
        return new Place(host, port);
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port <= MAX_PORT ? port : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    /** The places of rows, those left out whose host nobody knows, or is half an address. */
    static List<InetSocketAddress> ofRows(List<Row> rows) {
        List<InetSocketAddress> places = new ArrayList<>();
        for (Row row : rows) {
            String host = row.holder().host();
            if (IndexAddress.isUnfinishedIpv4(host)) {
                continue;
            }
            InetSocketAddress place = new InetSocketAddress(host, row.holder().port());
            if (!place.isUnresolved()) {
                places.add(place);
            }
        }
        return places;
    }
}
