package p101.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import p101.model.Clock;
import p101.model.Randomness;
import p101.rendezvous.RendezvousCounters;
import p101.rendezvous.RendezvousLimits;
import p101.rendezvous.RendezvousServer;

/** The rendezvous port of an index. */
final class RendezvousDoor implements DoorKind {
    private static final Option RENDEZVOUS = Option.optionalValue(
            "PORT",
            "answer rendezvous programs too (HTTP), on this TCP port (default: 8031; 0 = a free one)",
            "--rendezvous");
    private static final Option STAY = Option.value(
                    "TIME",
                    "a peer that registered by /info is forgotten after so long (90s, 30m, 4h)",
                    "--rendezvous-stay")
            .orElse("4h");

    private static final long MAX_STAY_DAYS = 30;

    @Override
    public Option option() {
        return RENDEZVOUS;
    }

    @Override
    public List<Option> moreOptions() {
        return List.of(STAY);
    }

    @Override
    public String key() {
        return "rendezvous";
    }

    @Override
    public String label() {
        return "rendezvous";
    }

    @Override
    public int defaultPort() {
        return RendezvousServer.DEFAULT_PORT;
    }

    @Override
    public OpenDoor open(DoorSetting setting) throws CommandFailure {
        long stayNanos = Durations.parseNanos(setting.arguments().text(STAY));
        if (stayNanos < TimeUnit.SECONDS.toNanos(1) || stayNanos > TimeUnit.DAYS.toNanos(MAX_STAY_DAYS)) {
            throw setting.arguments().bad(STAY, "a time from 1s to " + MAX_STAY_DAYS + "d");
        }
        return new Open(new RendezvousServer(
                setting.loop(),
                setting.registry(),
                RendezvousLimits.DEFAULT.withPublishedSeconds((int) TimeUnit.NANOSECONDS.toSeconds(stayNanos)),
                setting.config().advertise(),
                Clock.SYSTEM,
                Randomness.secure()));
    }

    private record Open(RendezvousServer server) implements OpenDoor {
        @Override
        public InetSocketAddress listen(InetSocketAddress local) throws IOException {
            return server.listen(local);
        }

        @Override
        public void counters(ObjLongConsumer<String> sink) {
            RendezvousCounters counters = server.counters();
            sink.accept("connections", counters.connections());
            sink.accept("turned_away", counters.refusedConnections());
            sink.accept("requests", counters.requests());
            sink.accept("refused", counters.refusedRequests());
            sink.accept("too_slow", counters.slowRequests());
            sink.accept("stalls", counters.stalls());
        }
    }
}
