package p101.registry;

import p101.model.AddressBits;
import p101.model.Endpoint;

/**
 * Who holds rows: a key and the place it speaks from. A leased owner is known by the key of its R and lives by its lease; an
 * owner of another door lives as long as its connection. The two kinds never meet, whatever the keys are. spec/PDU.md,
 * section 7.4.
 *
 * @param leased whether the owner is gone unless it is refreshed; otherwise it stays until {@link Command.Leave}
 * @param key the bearer key of a peer, or a random number for a connection; a secret: never logged, never shown
 * @param place the source address of its requests, and the TCP port that its content server listens on
 */
public record OwnerId(boolean leased, long key, Endpoint place) implements Comparable<OwnerId> {
    /** A peer of the PDU protocol. */
    public static OwnerId leased(long key, Endpoint place) {
        return new OwnerId(true, key, place);
    }

    /** A connection of another door. */
    public static OwnerId ofConnection(long key, Endpoint place) {
        return new OwnerId(false, key, place);
    }

    /** Whether both speak for the same person, from wherever. */
    boolean sameKey(OwnerId other) {
        return key == other.key && leased == other.leased;
    }

    /** What counts as one source address for the limits: an IPv4 address, or an IPv6 /64, which one customer owns whole. */
    AddressBits network() {
        return AddressBits.of(place.address()).network();
    }

    /** Any total order: it keeps hash tables fast when somebody picks keys that collide. */
    @Override
    public int compareTo(OwnerId other) {
        int order = Long.compare(key, other.key);
        if (order == 0) {
            order = Boolean.compare(leased, other.leased);
        }
        if (order == 0) {
            order = Integer.compare(place.port(), other.place.port());
        }
        return order != 0 ? order : AddressBits.of(place.address()).compareTo(AddressBits.of(other.place.address()));
    }

    /** Without the key, which is a secret. */
    @Override
    public String toString() {
        return (leased ? "peer at " : "connection from ") + place;
    }
}
