package p101.fetch;

import java.net.InetAddress;
import p101.model.Endpoint;

/**
 * Where a download may connect to. An index elsewhere must not be able to make us talk to services that only this machine or
 * its link can reach. spec/PDU.md, section "Rules of a downloader".
 */
public final class AddressRules {
    private AddressRules() {}

    /**
     * Whether nobody is to be asked there.
     *
     * @param localIndex whether the index that named the address is on this machine
     */
    public static boolean isRefused(Endpoint endpoint, boolean localIndex) {
        InetAddress address = endpoint.address();
        if (!endpoint.isReachable() || isThisNetwork(address)) {
            return true;
        }
        return !localIndex && (address.isLoopbackAddress() || address.isLinkLocalAddress());
    }

    /** 0.0.0.0/8: some systems take any of it for themselves. */
    private static boolean isThisNetwork(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 && bytes[0] == 0;
    }
}
