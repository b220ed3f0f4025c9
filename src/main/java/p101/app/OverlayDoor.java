package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.ObjLongConsumer;
import p101.overlay.OverlayCounters;
import p101.overlay.OverlayRoot;

/** The root of a tree overlay in an index, with the room behind it. */
final class OverlayDoor implements DoorKind {
    private static final Option OVERLAY = Option.optionalValue(
            "PORT", "be the root of a tree overlay too, on this TCP port (default: 7735; 0 = a free one)", "--overlay");

    @Override
    public Option option() {
        return OVERLAY;
    }

    @Override
    public String key() {
        return "overlay";
    }

    @Override
    public String label() {
        return "tree overlay";
    }

    @Override
    public int defaultPort() {
        return OverlayRoot.DEFAULT_PORT;
    }

    @Override
    public OpenDoor open(DoorSetting setting) {
        return new Open(OverlayRoot.inRoom(setting.loop(), setting.room()));
    }

    private record Open(OverlayRoot root) implements OpenDoor {
        @Override
        public InetSocketAddress listen(InetSocketAddress local) throws IOException {
            return root.listen(local);
        }

        @Override
        public void counters(ObjLongConsumer<String> sink) {
            OverlayCounters counters = root.counters();
            sink.accept("nodes", counters.nodes());
            sink.accept("connections", counters.connections());
            sink.accept("packets", counters.packets());
            sink.accept("bad_packets", counters.badPackets());
            sink.accept("bad_streams", counters.badStreams());
            sink.accept("refused", counters.refused());
            sink.accept("heard", counters.heard());
            sink.accept("said", counters.said());
            sink.accept("dropped", counters.dropped());
        }

        @Override
        public void leave() {
            root.close();
        }
    }
}
