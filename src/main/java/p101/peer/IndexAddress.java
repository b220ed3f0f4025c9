package p101.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import p101.model.Shown;

/** Reads {@code HOST:PORT}, {@code HOST}, {@code [IPv6]:PORT} and resolves the host. Only literal addresses never block. */
public final class IndexAddress {
    /** UDP port of an index when none is given. */
    public static final int DEFAULT_PORT = 60_000;

    private static final int MAX_PORT = 65_535;

    private IndexAddress() {}

    /**
     * The address that the text names, resolved now (it may ask the name service).
     *
     * @throws PeerException when the text is not an address, or the host is unknown
     */
    public static InetSocketAddress resolve(String text) throws PeerException {
        int colon = portColon(text);
        String host = bare(colon < 0 ? text : text.substring(0, colon));
        int port = colon < 0 ? DEFAULT_PORT : port(text, text.substring(colon + 1));
        if (host.isEmpty() || isUnfinishedIpv4(host)) {
            throw bad(text);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new PeerException(
                    PeerException.Problem.UNKNOWN_INDEX_HOST,
                    "the index's host '"
                            .concat(Shown.text(host))
                            .concat("' is not known: check --index, or give its IP address"),
                    unknown);
        }
    }

    /**
     * Digits and dots that are not four numbers. Java would read {@code 1.2.3} as 1.2.0.3 and {@code 7} as 0.0.0.7, so that a slip of
     * the finger would send datagrams to a stranger.
     */
    public static boolean isUnfinishedIpv4(String host) {
        return host.matches("[0-9.]+") && !host.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
    }

    /** The colon before the port; -1 when there is none, as in a bare IPv6 address with its several colons. */
    private static int portColon(String text) {
        int last = text.lastIndexOf(':');
        boolean bareIpv6 = last >= 0 && text.indexOf(':') != last && text.lastIndexOf(']') < 0;
        return bareIpv6 || last < text.lastIndexOf(']') ? -1 : last;
    }

    private static String bare(String host) {
        boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String digits) throws PeerException {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw bad(text);
    }

    private static PeerException bad(String text) {
        return new PeerException(
                PeerException.Problem.BAD_INDEX_ADDRESS,
                "'"
                        .concat(Shown.text(text))
                        .concat(
                                "' is not an index address: write HOST:PORT with a host name or a whole IP address, and a port from 1 to 65535"));
    }
}
