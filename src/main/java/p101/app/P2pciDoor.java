package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.ObjLongConsumer;
import p101.model.Randomness;
import p101.p2pci.DoorCounters;
import p101.p2pci.DoorLimits;
import p101.p2pci.P2pciServer;

/** The P2P-CI port of an index. */
final class P2pciDoor implements DoorKind {
    private static final Option P2PCI = Option.optionalValue(
            "PORT", "answer P2P-CI programs too, on this TCP port (default: 7734; 0 = a free one)", "--p2pci");

    @Override
    public Option option() {
        return P2PCI;
    }

    @Override
    public String key() {
        return "p2pci";
    }

    @Override
    public String label() {
        return "P2P-CI";
    }

    @Override
    public int defaultPort() {
        return P2pciServer.DEFAULT_PORT;
    }

    @Override
    public OpenDoor open(DoorSetting setting) {
        return new Open(setting);
    }

    private static final class Open implements OpenDoor {
        private final P2pciServer server;

        Open(DoorSetting setting) {
            server = new P2pciServer(
                    setting.loop(),
                    setting.registry(),
                    DoorLimits.DEFAULT,
                    setting.config().advertise(),
                    Randomness.secure());
        }

        @Override
        public InetSocketAddress listen(InetSocketAddress local) throws IOException {
            return server.listen(local);
        }

        @Override
        public void counters(ObjLongConsumer<String> sink) {
            DoorCounters counters = server.counters();
            sink.accept("connections", counters.connections());
            sink.accept("turned_away", counters.turnedAway());
            sink.accept("requests", counters.requests());
            sink.accept("bad_requests", counters.badRequests());
            sink.accept("wrong_versions", counters.wrongVersions());
            sink.accept("crowded", counters.crowded());
            sink.accept("floods", counters.floods());
            sink.accept("stalls", counters.stalls());
        }
    }
}
