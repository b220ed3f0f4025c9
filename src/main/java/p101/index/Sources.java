package p101.index;

import java.net.Inet4Address;
import java.net.InetAddress;
import p101.model.Endpoint;

/** Which source addresses are answered, and which may register. spec/PDU.md, sections 7.1 and 7.6. */
final class Sources {
    private static final byte BROADCAST_BYTE = -1;

    private Sources() {}

    /** Why a datagram from there is dropped; null when it is answered. */
    static DropReason dropReason(Endpoint from) {
        if (from.port() == 0) {
            return DropReason.SOURCE_PORT;
        }
        InetAddress address = from.address();
        boolean isRefused = address.isAnyLocalAddress() || address.isMulticastAddress() || isBroadcast(address);
        return isRefused ? DropReason.SOURCE_ADDRESS : null;
    }

    private static boolean isBroadcast(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == BROADCAST_BYTE;
    }

    /**
     * Whether others could reach a content server there. An IPv6 link-local address means nothing without the sender's network
     * interface, which another machine does not know.
     */
    static boolean canRegister(InetAddress address) {
        return address instanceof Inet4Address || !address.isLinkLocalAddress();
    }
}
