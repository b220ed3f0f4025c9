package p101.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import p101.loop.EventLoop;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.p2pci.DoorLimits;
import p101.p2pci.P2pciServer;
import p101.registry.Command;
import p101.registry.Extras;
import p101.registry.MemoryRegistry;
import p101.registry.OwnerId;
import p101.registry.RegistryLimits;

/**
 * The P2P-CI port against a bare line echo (one selector, read, send back), each in a JVM of its own, in turn under the same
 * load: LOOKUPs among 100,000 rows, one outstanding on each connection, on 1 and on 1,000 connections. Then the time of a
 * LIST of all rows, what it costs others who ask meanwhile, and the memory for 2,000 programs with 100 rows each.
 *
 * <p>Properties: {@code p101.bench.rounds} (9), {@code p101.bench.millis} (1000, one measurement).
 */
public final class P2pciBench {
    private static final int ROWS = 100_000;
    private static final int PROGRAMS = 2_000;
    private static final int ROWS_OF_A_PROGRAM = 100;
    private static final int WARM_UP_ROUNDS = 2;
    private static final long LOOKUP_PAUSE_NANOS = 200_000L;
    private static final int BUFFER_BYTES = 65_536;
    private static final byte[] LIST = "LIST ALL P2P-CI/1.0\n\n".getBytes(StandardCharsets.US_ASCII);

    private final int rounds = Integer.getInteger("p101.bench.rounds", 9);
    private final long nanos = Integer.getInteger("p101.bench.millis", 1000) * 1_000_000L;

    private P2pciBench() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "echo" -> TcpEcho.serve(BUFFER_BYTES);
            case "index" -> index(ROWS);
            case "empty" -> index(0);
            default -> new P2pciBench().compare();
        }
    }

    private void compare() throws Exception {
        try (ServerProcess echo = start("echo");
                ServerProcess index = start("index")) {
            compare(1, echo.port(), index.port());
            compare(1_000, echo.port(), index.port());
            list(index.port());
            lookupWhileListing(index.port());
        }
        try (ServerProcess empty = start("empty")) {
            crowd(empty.port(), empty.pid());
        }
    }

    private static ServerProcess start(String role) throws IOException {
        return ServerProcess.start(P2pciBench.class, "128m", role);
    }

    /** Two thousand programs with a hundred rows each, in a server whose heap is limited to 128 MiB. */
    private void crowd(int port, long pid) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        List<SocketChannel> programs = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < PROGRAMS; i++) {
            SocketChannel program = SocketChannel.open(server);
            programs.add(program);
            StringBuilder adds = new StringBuilder();
            for (int n = 1; n <= ROWS_OF_A_PROGRAM; n++) {
                adds.append("ADD RFC ")
                        .append(n)
                        .append(" P2P-CI/1.0\nHost: lab")
                        .append(i)
                        .append(".example\nPort: ");
                adds.append(5_000 + i)
                        .append("\nTitle: A title of some forty characters, no ")
                        .append(n)
                        .append("\n\n");
            }
            program.write(ByteBuffer.wrap(adds.toString().getBytes(StandardCharsets.US_ASCII)));
            for (int answers = 0; answers < ROWS_OF_A_PROGRAM; ) {
                buffer.clear();
                program.read(buffer);
                for (int at = 1; at < buffer.position(); at++) {
                    answers += buffer.get(at) == '\n' && buffer.get(at - 1) == '\n' ? 1 : 0;
                }
            }
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        programs.get(0).write(ByteBuffer.wrap(LIST));
        long bytes = readAnswer(programs.get(0), buffer);
        print(
                "%,d programs x %d rows in -Xmx128m: added in %.2f s, LIST has %,d bytes, peak resident %.0f MiB",
                PROGRAMS, ROWS_OF_A_PROGRAM, seconds, bytes, Measured.peakRssMiB(pid));
        for (SocketChannel program : programs) {
            program.close();
        }
    }

    private void compare(int connections, int echoPort, int indexPort) throws IOException {
        try (Load echo = new Load(echoPort, connections);
                Load index = new Load(indexPort, connections)) {
            Comparison figures =
                    Comparison.of(WARM_UP_ROUNDS, rounds, () -> echo.perSecond(nanos), () -> index.perSecond(nanos));
            print("%,5d connections  %s", connections, figures.show("P2P-CI"));
        }
    }

    private void list(int port) throws IOException {
        Figures millis = new Figures();
        long bytes = 0;
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                long before = System.nanoTime();
                channel.write(ByteBuffer.wrap(LIST));
                bytes = readAnswer(channel, buffer);
                if (round >= 0) {
                    millis.add((System.nanoTime() - before) / 1e6);
                }
            }
        }
        print("LIST of %,d rows, %,d bytes: %s", ROWS, bytes, millis.show(" ms"));
    }

    /** How long a LOOKUP takes on one connection: alone, and while another reads one LIST after the other. */
    private void lookupWhileListing(int port) throws Exception {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (SocketChannel asker = SocketChannel.open(server);
                SocketChannel lister = SocketChannel.open(server)) {
            asker.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Latencies alone = lookups(asker);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger lists = new AtomicInteger();
            Thread listing = new Thread(() -> {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
                try {
                    while (!over.get()) {
                        lister.write(ByteBuffer.wrap(LIST));
                        readAnswer(lister, buffer);
                        lists.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            listing.start();
            Latencies meanwhile = lookups(asker);
            over.set(true);
            listing.join();
            print("LOOKUP alone %s; during %,d LISTs of all rows %s", alone.show(), lists.get(), meanwhile.show());
        }
    }

    private Latencies lookups(SocketChannel asker) throws IOException {
        Latencies latencies = new Latencies();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] lookup = "LOOKUP RFC 5 P2P-CI/1.0\n\n".getBytes(StandardCharsets.US_ASCII);
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            long before = System.nanoTime();
            asker.write(ByteBuffer.wrap(lookup));
            readAnswer(asker, buffer);
            latencies.micros.add((System.nanoTime() - before) / 1e3);
            LockSupport.parkNanos(LOOKUP_PAUSE_NANOS);
        }
        return latencies;
    }

    private static final class Latencies {
        private final List<Double> micros = new ArrayList<>();

        String show() {
            Collections.sort(micros);
            return String.format(
                    Locale.ROOT,
                    "median %,.0f us, p99 %,.0f us, longest %,.0f us",
                    micros.get(micros.size() / 2),
                    micros.get(micros.size() * 99 / 100),
                    micros.get(micros.size() - 1));
        }
    }

    private static long readAnswer(SocketChannel channel, ByteBuffer buffer) throws IOException {
        long bytes = 0;
        do {
            buffer.clear();
            bytes += channel.read(buffer);
        } while (!endsInBlankLine(buffer));
        return bytes;
    }

    private static boolean endsInBlankLine(ByteBuffer buffer) {
        int end = buffer.position();
        return end > 1 && buffer.get(end - 1) == '\n' && buffer.get(end - 2) == '\n';
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Connections that each ask again as soon as they are answered. */
    private static final class Load implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final List<SocketChannel> channels = new ArrayList<>();
        private final SplittableRandom random = new SplittableRandom(1);
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

        Load(int port, int connections) throws IOException {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(server);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                channels.add(channel);
            }
        }

        double perSecond(long nanos) throws IOException {
            for (SocketChannel channel : channels) {
                ask(channel);
            }
            long answers = 0;
            long start = System.nanoTime();
            long end = start + nanos;
            int outstanding = channels.size();
            while (outstanding > 0) {
                selector.select();
                boolean goOn = System.nanoTime() < end;
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    buffer.clear();
                    if (channel.read(buffer) < 0) {
                        throw new IOException("the server closed a connection");
                    }
                    if (endsInBlankLine(buffer)) {
                        answers++;
                        outstanding--;
                        if (goOn) {
                            ask(channel);
                            outstanding++;
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
            return answers / ((System.nanoTime() - start) / 1e9);
        }

        private void ask(SocketChannel channel) throws IOException {
            String request = "LOOKUP RFC " + (1 + random.nextInt(ROWS)) + " P2P-CI/1.0\nHost: h\nPort: 1\nTitle: t\n\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        }
    }

    private static void index(int rows) throws IOException {
        Randomness random = Randomness.seeded(1);
        MemoryRegistry registry = new MemoryRegistry(RegistryLimits.DEFAULT, 65_535, 1_700_000_000L, random);
        OwnerId owner = OwnerId.leased(7, new Endpoint(InetAddress.getLoopbackAddress(), 6010));
        for (int n = 1; n <= rows; n++) {
            FileName file = FileName.of("rfc" + n + ".txt");
            Command row =
                    new Command.Register(owner, n, PeerName.of("bench"), file, new ContentId(n), 1_000, 0, Extras.NONE);
            registry.apply(row, System.nanoTime(), outcome -> {});
        }
        try (EventLoop loop = new EventLoop(System::nanoTime, Throwable::printStackTrace)) {
            P2pciServer server = new P2pciServer(loop, registry, DoorLimits.DEFAULT, Optional.empty(), random);
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            System.out.println(server.listen(anyPort).getPort());
            loop.run();
        }
    }
}
