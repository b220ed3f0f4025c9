package p101.p2pci;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import p101.model.Randomness;
import p101.registry.Registry;

/**
 * The index as P2P-CI programs see it: decides over the registry, knows no socket. What all connections share. One thread,
 * which must be the one that the registry's outcomes come on.
 */
final class Door {
    private final Registry registry;
    private final DoorLimits limits;
    private final Randomness randomness;
    private final Optional<InetAddress> advertise;
    private final Map<Long, Visit> visits = new HashMap<>();
    private final Claims claims = new Claims();
    private long textBytes;
    private long unfinishedBytes;

    /**
     * @param advertise the address under which peers on this machine's loopback are shown to others; empty = the one that
     *     was asked
     * @param randomness for the keys that tell connections apart; unguessable
     */
    Door(Registry registry, DoorLimits limits, Optional<InetAddress> advertise, Randomness randomness) {
        this.registry = registry;
        this.limits = limits;
        this.advertise = advertise;
        this.randomness = randomness;
    }

    /**
     * Somebody connected.
     *
     * @param source its address
     * @param local the address that it reached us under
     */
    Visit enter(InetAddress source, InetAddress local) {
        long key;
        do {
            key = randomness.nextLong();
        } while (key == 0 || visits.containsKey(key));
        Visit visit = new Visit(this, key, source, new RowView(source, advertise.orElse(local)));
        visits.put(key, visit);
        return visit;
    }

    /** Connections that are there. */
    int visits() {
        return visits.size();
    }

    Registry registry() {
        return registry;
    }

    DoorLimits limits() {
        return limits;
    }

    Claims claims() {
        return claims;
    }

    /** The connection that an owner of the registry stands for; {@code null} when it is none of ours. */
    Visit visit(long ownerKey) {
        return visits.get(ownerKey);
    }

    void left(long ownerKey) {
        visits.remove(ownerKey);
    }

    boolean hasRoomFor(long bytes) {
        return textBytes + bytes <= limits.textBytesInAll();
    }

    /** Whether requests that are not over yet take more memory than they may. */
    boolean isOverfull() {
        return unfinishedBytes > limits.unfinishedBytesInAll();
    }

    void addUnfinished(long bytes) {
        unfinishedBytes += bytes;
    }

    void addText(long bytes) {
        textBytes += bytes;
    }
}
