package p101.rendezvous;

import p101.registry.Introduction;

/**
 * What a peer registers.
 *
 * @param port where it listens, 1 to 65535
 * @param host its host name as it says; may be empty
 * @param address its IP address as it says; may be empty, and anything
 * @param refreshes whether it knows that it must register again, as published peers do not
 */
record Offer(GivenName name, int port, String host, String address, boolean refreshes) {
    /** Most bytes of a host name. */
    static final int MAX_HOST_BYTES = 255;

    private static final int MAX_PORT = 65_535;

    static boolean isPort(long port) {
        return port >= 1 && port <= MAX_PORT;
    }

    /** Whether a text can be a host name: printable ASCII without blanks, or empty. */
    static boolean isHost(String text) {
        return text.length() <= MAX_HOST_BYTES && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** @param fromThisMachine whether it came from a loopback address */
    Introduction introduction(boolean fromThisMachine) {
        boolean shown = fromThisMachine && GivenAddress.isShowable(address);
        return new Introduction(name.text(), host, shown ? address : "");
    }
}
