package p101.loop;

/**
 * How many connections one listening port holds at a time. What comes above a limit is closed at once and counted.
 *
 * @param total connections in all
 * @param perAddress connections from one IPv4 address or one IPv6 /64 network
 */
public record AcceptLimits(int total, int perAddress) {
    /**
     * @throws IllegalArgumentException when a limit is below 1
     */
    public AcceptLimits {
        if (total < 1 || perAddress < 1) {
            throw new IllegalArgumentException("a limit of connections is 1 or more");
        }
    }

    /** These limits, and no more in all than the descriptors of this process allow ({@link DescriptorBudget}). */
    public AcceptLimits withinDescriptorLimit() {
        int most = DescriptorBudget.ofThisProcess().connections();
        return total <= most ? this : new AcceptLimits(most, Math.min(perAddress, most));
    }
}
