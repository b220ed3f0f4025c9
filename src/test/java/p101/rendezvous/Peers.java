package p101.rendezvous;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Presence;
import p101.registry.Registry;
import p101.registry.RegistryLimits;

/** A registry, and what PDU peers and other doors would have done to it. */
final class Peers {
    private Peers() {}

    static MemoryRegistry registry() {
        return new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1_000_000_000L, Randomness.seeded(101));
    }

    static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(digits, e);
        }
    }

    /** A PDU peer shares a file. */
    static void share(Registry registry, String peer, String place, String file, long nowNanos) {
        int colon = place.lastIndexOf(':');
        Endpoint endpoint =
                new Endpoint(address(place.substring(0, colon)), Integer.parseInt(place.substring(colon + 1)));
        OwnerId owner = OwnerId.leased(1 + peer.hashCode(), endpoint);
        int tx = 1_000_000_000 + (int) (nowNanos / 1_000_000);
        Command share = new Command.Register(
                owner, tx, PeerName.of(peer), FileName.of(file), new ContentId(42), 1_000, 0, Extras.NONE);
        registry.apply(share, nowNanos, outcome -> {
            if (!(outcome instanceof Outcome.Accepted)) {
                throw new AssertionError(outcome);
            }
        });
    }

    /** All peers, as other doors see them. */
    static List<Presence> all(Registry registry, long nowNanos) {
        List<Presence> all = new ArrayList<>();
        registry.apply(
                new Command.Peers(0, 100_000), nowNanos, outcome -> all.addAll(((Outcome.Present) outcome).owners()));
        return all;
    }
}
