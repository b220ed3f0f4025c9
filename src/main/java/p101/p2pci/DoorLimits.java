package p101.p2pci;

/**
 * How much the index's P2P-CI port takes. Rows count against the registry's own limits too. spec/P2PCI.md, section 7.
 *
 * @param connections connections in all
 * @param connectionsPerAddress connections from one address
 * @param portsPerConnection different values of {@code Port} in the ADDs of one connection
 * @param textBytesPerConnection bytes of titles and hosts that one connection may have listed
 * @param textBytesInAll the same for all connections together
 * @param unfinishedBytesInAll bytes that are held of requests that are not over yet, for all connections together; beyond that
 *     only small ones are taken
 */
public record DoorLimits(
        int connections,
        int connectionsPerAddress,
        int portsPerConnection,
        long textBytesPerConnection,
        long textBytesInAll,
        long unfinishedBytesInAll) {
    /** A classroom behind one address, and one program that lists all RFCs there are. */
    public static final DoorLimits DEFAULT = new DoorLimits(10_000, 4_096, 64, 8L << 20, 64L << 20, 16L << 20);

    /**
     * @throws IllegalArgumentException when a limit is below 1
     */
    public DoorLimits {
        if (Math.min(Math.min(connections, connectionsPerAddress), portsPerConnection) < 1
                || Math.min(Math.min(textBytesPerConnection, textBytesInAll), unfinishedBytesInAll) < 1) {
            throw new IllegalArgumentException("each limit of the P2P-CI port is 1 or more");
        }
    }
}
