package p101.rendezvous;

import java.net.InetAddress;
import java.net.UnknownHostException;
import p101.model.Endpoint;

/** The address that a peer says it has: text from others, which is never looked up. */
final class GivenAddress {
    private static final int MAX_CHARACTERS = 45;
    private static final int V4_PARTS = 4;
    private static final int MAX_PART = 255;

    private GivenAddress() {}

    /**
     * Whether others may be told this address for a peer that registered from the index's own machine: an IP address in
     * digits that a peer can have and that is not itself a loopback address.
     */
    static boolean isShowable(String text) {
        if (text.length() > MAX_CHARACTERS || !(isV4(text) || isV6(text))) {
            return false;
        }
        try {
            // In digits, as was just checked: nothing is looked up.
            InetAddress address = InetAddress.getByName(text);
            return !address.isLoopbackAddress() && new Endpoint(address, 1).isReachable();
        } catch (UnknownHostException wrong) {
            return false;
        }
    }

    /** Four decimal numbers without leading zeros, which some readers take for octal. */
    private static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_PARTS) {
            return false;
        }
        for (String part : parts) {
            boolean digits = part.matches("[0-9]{1,3}");
            if (!digits || part.length() > 1 && part.charAt(0) == '0' || Integer.parseInt(part) > MAX_PART) {
                return false;
            }
        }
        return true;
    }

    private static boolean isV6(String text) {
        return text.indexOf(':') >= 0
                && text.chars().allMatch(c -> c == ':' || c == '.' || c < 0x80 && Character.digit(c, 16) >= 0);
    }

    /** An address as others are told it: without the scope, which means something on one machine alone. */
    static String show(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
