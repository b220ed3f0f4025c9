package p101.rendezvous;

/**
 * How much the rendezvous port takes. spec/RENDEZVOUS.md, section 7.
 *
 * @param connections connections in all
 * @param connectionsPerAddress connections from one address
 * @param peers peers that are registered here
 * @param peersPerAddress the same from one address; for IPv6 from one /64
 * @param publishedSeconds how long a peer stays that registered in the published form, which knows no refreshing
 * @param leaseSeconds how long one stays that registered by JSON
 */
public record RendezvousLimits(
        int connections,
        int connectionsPerAddress,
        int peers,
        int peersPerAddress,
        int publishedSeconds,
        int leaseSeconds) {
    /** A classroom behind one address, and an afternoon of it. */
    public static final RendezvousLimits DEFAULT = new RendezvousLimits(10_000, 1_024, 10_000, 1_024, 14_400, 120);

    /**
     * @throws IllegalArgumentException when a limit is below 1
     */
    public RendezvousLimits {
        if (Math.min(Math.min(connections, connectionsPerAddress), Math.min(peers, peersPerAddress)) < 1
                || Math.min(publishedSeconds, leaseSeconds) < 1) {
            throw new IllegalArgumentException("each limit of the rendezvous is 1 or more");
        }
    }

    public RendezvousLimits withPublishedSeconds(int seconds) {
        return new RendezvousLimits(connections, connectionsPerAddress, peers, peersPerAddress, seconds, leaseSeconds);
    }
}
