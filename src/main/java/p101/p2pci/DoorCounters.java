package p101.p2pci;

/**
 * What the P2P-CI port did up to one moment.
 *
 * @param connections that stand now
 * @param turnedAway connections that were closed at once, because there were too many
 * @param requests that were served, refused ones included
 * @param badRequests that could not be understood (400)
 * @param wrongVersions that are of another version (505)
 * @param crowded requests that were refused, since too much of unfinished ones was held already
 * @param floods connections that were given up because their request never ended
 * @param stalls connections that were given up because they did not read their answers
 */
public record DoorCounters(
        int connections,
        long turnedAway,
        long requests,
        long badRequests,
        long wrongVersions,
        long crowded,
        long floods,
        long stalls) {}
