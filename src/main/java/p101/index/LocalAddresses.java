package p101.index;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The addresses that this machine has now; link-local ones with their scope. Injected, so that a test can let them come and go. */
@FunctionalInterface
interface LocalAddresses {
    List<InetAddress> list() throws SocketException;

    /** Asks the system. */
    static List<InetAddress> ofThisMachine() throws SocketException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (isUp(network)) {
                addresses.addAll(Collections.list(network.getInetAddresses()));
            }
        }
        return List.copyOf(addresses);
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }
}
