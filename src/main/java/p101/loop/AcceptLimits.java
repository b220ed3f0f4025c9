package p101.loop;

/**
 * How many connections one listening port holds at a time. What comes above a limit is closed at once and counted.
 *
 * @param total connections in all
 * @param perAddress connections from one IPv4 address or one IPv6 /64 network
 */
public record AcceptLimits(int total, int perAddress) {
    /** Share of the process's file descriptors that connections may use; the rest is for files and pipes. */
    private static final int DESCRIPTOR_PERCENT = 80;

    /**
     * @throws IllegalArgumentException when a limit is below 1
     */
    public AcceptLimits {
        if (total < 1 || perAddress < 1) {
            throw new IllegalArgumentException("a limit of connections is 1 or more");
        }
    }

    /** 80% of the descriptors that this process may open, all of them from one address if need be. */
    public static AcceptLimits ofDescriptorLimit() {
        int total = Math.max(1, (int) (DescriptorLimit.read() * DESCRIPTOR_PERCENT / 100));
        return new AcceptLimits(total, total);
    }

    /** These limits, and no more in all than 80% of the descriptors that this process may open. */
    public AcceptLimits withinDescriptorLimit() {
        int most = ofDescriptorLimit().total();
        return total <= most ? this : new AcceptLimits(most, Math.min(perAddress, most));
    }
}
