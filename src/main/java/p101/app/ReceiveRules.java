package p101.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import p101.direct.FileOffer;
import p101.model.InvalidNameException;
import p101.model.PeerName;

/**
 * What is taken without asking.
 *
 * @param from peer names as senders claim them, addresses, or {@code all}
 * @param mostBytes of one file
 */
record ReceiveRules(List<String> from, long mostBytes) {
    static final String ALL = "all";

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = BYTE + "([.]" + BYTE + "){3}";
    private static final String UNITS = "KMGT";

    ReceiveRules {
        from = from.stream().map(ReceiveRules::canonical).toList();
    }

    /** An address as addresses are compared here, whichever way it was written; anything else as it is. */
    private static String canonical(String rule) {
        if (rule.indexOf(':') < 0) {
            return rule;
        }
        try {
            return InetAddress.getByName(rule)
                    .getHostAddress(); // With a colon it is never a name that would be looked up.
        } catch (UnknownHostException noAddress) {
            return rule;
        }
    }

    /** Whether a sender can match this at all: {@code all}, a whole address, or a name that a peer may have. */
    static boolean isRule(String rule) {
        if (rule.indexOf('.') >= 0 && rule.matches("[0-9.]+")) {
            return rule.matches(IPV4);
        }
        return rule.indexOf(':') >= 0 && isIpv6(rule) || isName(rule);
    }

    /** Only for texts with a colon: any other would be looked up. */
    private static boolean isIpv6(String rule) {
        try {
            return InetAddress.getByName(rule) != null;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    private static boolean isName(String rule) {
        try {
            return !PeerName.of(rule).isNone();
        } catch (InvalidNameException noName) {
            return false;
        }
    }

    boolean accepts(FileOffer offer, String address) {
        return offer.content().size() <= mostBytes && knows(offer.sender().value(), address);
    }

    boolean knows(String name, String address) {
        return from.contains(ALL) || from.contains(address) || !name.isEmpty() && from.contains(name);
    }

    /** {@code 500}, {@code 10K}, {@code 20M}, {@code 1G}; -1 when the text is no size. */
    static long parseSize(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int unit = upper.isEmpty() ? -1 : UNITS.indexOf(upper.charAt(upper.length() - 1));
        try {
            long number = Long.parseLong(unit < 0 ? upper : upper.substring(0, upper.length() - 1));
            long factor = 1L << 10 * (unit + 1);
            return number < 0 || number > Long.MAX_VALUE / factor ? -1 : number * factor;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
