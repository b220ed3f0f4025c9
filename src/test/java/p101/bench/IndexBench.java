package p101.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import p101.index.IndexConfig;
import p101.index.IndexServer;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.OwnerId;
import p101.registry.RegistryLimits;

/**
 * The index against a bare echo (receive, send back, blocking), each in a JVM of its own, in turn under the same load: searches
 * among 100,000 registrations, registrations and refreshes with a valid cookie, and the slowest searches at an even pace.
 *
 * <p>Properties: {@code p101.bench.rounds} (15), {@code p101.bench.millis} (1000, one measurement).
 */
public final class IndexBench {
    private static final int ROWS = 100_000;
    private static final int REQUESTS = 8_192;
    private static final int OUTSTANDING = 256;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int PACE_PER_SECOND = 50_000;
    /**
     * A round of the even pace is cut into so many: a machine that is taken away for milliseconds, as virtual ones are, then
     * spoils some of them and not each.
     */
    private static final int PACE_SLICES = 10;

    private static final int PDU_BYTES = 101;
    private static final int LEASE_SECONDS = 65_535;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final long OWNER_KEY = 77;
    private static final PeerName PEER = PeerName.of("bench");

    private final int rounds = Integer.getInteger("p101.bench.rounds", 15);
    private final long nanos = Integer.getInteger("p101.bench.millis", 1000) * 1_000_000L;

    private IndexBench() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "echo" -> echo();
            case "index" -> index();
            default -> new IndexBench().compare();
        }
    }

    private void compare() throws Exception {
        try (ServerProcess echo = start("echo");
                ServerProcess index = start("index")) {
            compare("search", echo, index, IndexBench::search);
            compare("register", echo, index, i -> register(name(i)));
            compare("refresh", echo, index, i -> register(FileName.NONE));
            comparePace(echo, index);
        }
    }

    private static ServerProcess start(String role) throws IOException {
        return ServerProcess.start(IndexBench.class, "512m", role);
    }

    /** The rounds of one rival under one kind of load. */
    private final class Contender implements AutoCloseable {
        final UdpLoad load;
        final Figures rates = new Figures();
        private final long pid;
        private double cpuSeconds;
        private long answered;
        private long lost;
        private long refused;

        Contender(ServerProcess rival, IntFunction<Pdu> request) throws IOException {
            load = new UdpLoad(rival.port(), requests(request));
            pid = rival.pid();
        }

        double round(boolean counts) throws IOException {
            double cpuBefore = Measured.cpuSeconds(pid);
            UdpLoad.Rate rate = load.saturate(OUTSTANDING, nanos);
            if (counts) {
                rates.add(rate.perSecond() / 1000);
                cpuSeconds += Measured.cpuSeconds(pid) - cpuBefore;
                answered += rate.answered();
                lost += rate.lost();
                refused += rate.refused();
            }
            return rate.perSecond();
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / answered;
        }

        @Override
        public void close() throws IOException {
            load.close();
        }
    }

    private void compare(String what, ServerProcess echoRival, ServerProcess indexRival, IntFunction<Pdu> request)
            throws IOException {
        Figures ratios = new Figures();
        try (Contender echo = new Contender(echoRival, request);
                Contender index = new Contender(indexRival, request)) {
            if (!what.equals("search")) {
                index.load.fetchCookie();
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                double base = echo.round(round >= 0);
                double ours = index.round(round >= 0);
                if (round >= 0) {
                    ratios.add(ours / base);
                }
            }
            print(
                    "%-9s ratio %s  index %s  echo %s",
                    what, ratios.show(""), index.rates.show(" k/s"), echo.rates.show(" k/s"));
            print(
                    "%-9s server CPU for each answer: index %.2f us, echo %.2f us, ratio %.2f; lost %d, refused %d",
                    what,
                    index.cpuMicros(),
                    echo.cpuMicros(),
                    echo.cpuMicros() / index.cpuMicros(),
                    index.lost,
                    index.refused);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private void comparePace(ServerProcess echoRival, ServerProcess indexRival) throws IOException {
        Figures echoP99 = new Figures();
        Figures indexP99 = new Figures();
        Figures ratios = new Figures();
        int count = (int) (PACE_PER_SECOND * nanos / PACE_SLICES / 1_000_000_000L);
        long lost = 0;
        try (UdpLoad echo = new UdpLoad(echoRival.port(), requests(IndexBench::search));
                UdpLoad index = new UdpLoad(indexRival.port(), requests(IndexBench::search))) {
            for (int slice = 0; slice < rounds * PACE_SLICES; slice++) {
                long[] base = echo.pace(PACE_PER_SECOND, count);
                long[] ours = index.pace(PACE_PER_SECOND, count);
                lost += count - ours.length;
                double baseMicros = base[base.length * 99 / 100] / 1000.0;
                double ourMicros = ours[ours.length * 99 / 100] / 1000.0;
                echoP99.add(baseMicros);
                indexP99.add(ourMicros);
                ratios.add(ourMicros / baseMicros);
            }
        }
        print(
                "p99 at %d/s  ratio %s  index %s  echo %s  lost %d",
                PACE_PER_SECOND, ratios.show(""), indexP99.show(" us"), echoP99.show(" us"), lost);
    }

    private static ByteBuffer requests(IntFunction<Pdu> request) {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer bytes = ByteBuffer.allocateDirect(REQUESTS * PDU_BYTES);
        while (bytes.hasRemaining()) {
            PduCodec.encode(request.apply(random.nextInt(ROWS)), bytes);
        }
        return bytes;
    }

    private static Pdu search(int i) {
        return new Pdu.Search(0, 0, false, 0, ContentId.NONE, PeerName.NONE, name(i));
    }

    private static Pdu register(FileName file) {
        return new Pdu.Register(0, 0, OWNER_KEY, 0, 6010, 1_000_000, new ContentId(file.hashCode()), PEER, file);
    }

    /** 20 bytes, as in the figure for the heap. */
    private static FileName name(int i) {
        return FileName.of(String.format(Locale.ROOT, "lecture-%08d.pdf", i));
    }

    private static void echo() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
            ByteBuffer bytes = ByteBuffer.allocateDirect(PDU_BYTES + 1);
            while (true) {
                bytes.clear();
                SocketAddress source = channel.receive(bytes);
                bytes.flip();
                channel.send(bytes, source);
            }
        }
    }

    private static void index() throws IOException {
        MemoryRegistry registry = new MemoryRegistry(
                RegistryLimits.DEFAULT, LEASE_SECONDS, Clock.SYSTEM.unixSeconds(), Randomness.secure());
        OwnerId owner = OwnerId.leased(OWNER_KEY, new Endpoint(InetAddress.getLoopbackAddress(), 6010));
        for (int i = 0; i < ROWS; i++) {
            Command row = new Command.Register(
                    owner, i + 1, PEER, name(i), new ContentId(name(i).hashCode()), 1_000_000, 0, Extras.NONE);
            registry.apply(row, System.nanoTime(), outcome -> {});
        }
        IndexConfig config = IndexConfig.DEFAULT.withPort(0).withBind(List.of(InetAddress.getLoopbackAddress()));
        IndexServer server = IndexServer.start(config, registry, Clock.SYSTEM, Throwable::printStackTrace);
        System.out.println(server.port());
    }
}
