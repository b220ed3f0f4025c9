package p101.registry;

/**
 * How much a registry takes. spec/PDU.md, section 7.10.
 *
 * @param rowsInAll most rows
 * @param rowsPerAddress most rows of one source address; for IPv6 of one /64
 * @param ownersInAll most owners, those of which only a floor is left included
 * @param ownersPerAddress most owners of one source address, those of connections not counted; for IPv6 of one /64
 * @param looksPerRequest most rows looked at for one search or one walk
 */
public record RegistryLimits(
        int rowsInAll, int rowsPerAddress, int ownersInAll, int ownersPerAddress, int looksPerRequest) {
    /** One peer may share 100,000 files, a classroom behind one address a few of that kind. */
    public static final RegistryLimits DEFAULT = new RegistryLimits(2_000_000, 250_000, 65_536, 1_024, 1_000);

    /**
     * @throws IllegalArgumentException when a limit is below 1
     */
    public RegistryLimits {
        if (Math.min(Math.min(rowsInAll, rowsPerAddress), Math.min(ownersInAll, ownersPerAddress)) < 1
                || looksPerRequest < 1) {
            throw new IllegalArgumentException("each limit of a registry is 1 or more");
        }
    }

    public RegistryLimits withRowsInAll(int rows) {
        return new RegistryLimits(rows, rowsPerAddress, ownersInAll, ownersPerAddress, looksPerRequest);
    }

    public RegistryLimits withRowsPerAddress(int rows) {
        return new RegistryLimits(rowsInAll, rows, ownersInAll, ownersPerAddress, looksPerRequest);
    }

    public RegistryLimits withOwnersInAll(int owners) {
        return new RegistryLimits(rowsInAll, rowsPerAddress, owners, ownersPerAddress, looksPerRequest);
    }

    public RegistryLimits withOwnersPerAddress(int owners) {
        return new RegistryLimits(rowsInAll, rowsPerAddress, ownersInAll, owners, looksPerRequest);
    }

    public RegistryLimits withLooksPerRequest(int looks) {
        return new RegistryLimits(rowsInAll, rowsPerAddress, ownersInAll, ownersPerAddress, looks);
    }
}
