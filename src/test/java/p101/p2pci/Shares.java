package p101.p2pci;

import java.net.InetAddress;
import java.net.UnknownHostException;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.OwnerId;
import p101.registry.Registry;
import p101.registry.RegistryLimits;

/** What PDU peers would have registered. */
final class Shares {
    private Shares() {}

    static MemoryRegistry registry() {
        return new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1_000_000_000L, Randomness.seeded(101));
    }

    static Endpoint endpoint(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Endpoint(
                    InetAddress.getByName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static void share(Registry registry, String place, String file, int flags, int tx, long nowNanos) {
        Command register = new Command.Register(
                OwnerId.leased(7, endpoint(place)),
                tx,
                PeerName.of("alice"),
                FileName.of(file),
                new ContentId(42),
                1_000,
                flags,
                Extras.NONE);
        registry.apply(register, nowNanos, outcome -> {});
    }
}
