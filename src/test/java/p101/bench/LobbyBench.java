package p101.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import p101.lobby.LobbyServer;
import p101.lobby.LobbySetting;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;
import p101.registry.RegistryLimits;
import p101.room.Room;
import p101.room.RoomLimits;

/**
 * A message storm among 1,000 members, the lobby in a JVM of its own: how long from saying a line until another member has it,
 * for every line and every member, with and without one member in a hundred that does not read. Rounds of both take turns, so
 * that what else the machine does hits both alike.
 *
 * <p>Properties: {@code p101.bench.rounds} (5), {@code p101.bench.members} (1000), {@code p101.bench.lines} (a second, 200),
 * {@code p101.bench.millis} (5000, one round).
 */
public final class LobbyBench {
    private static final int WARM_UP_ROUNDS = 1;
    private static final int BUFFER_BYTES = 262_144;
    private static final int LINE_BYTES = 300;
    private static final int ONE_IN = 100;

    private final int rounds = Integer.getInteger("p101.bench.rounds", 5);
    private final int members = Integer.getInteger("p101.bench.members", 1_000);
    private final int linesPerSecond = Integer.getInteger("p101.bench.lines", 200);
    private final long nanos = Integer.getInteger("p101.bench.millis", 5_000) * 1_000_000L;

    private LobbyBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            serve();
        } else {
            new LobbyBench().compare();
        }
    }

    private void compare() throws Exception {
        Figures medianAll = new Figures();
        Figures p99All = new Figures();
        Figures medianWithout = new Figures();
        Figures p99Without = new Figures();
        double peak = 0;
        int dropped = 0;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Round everybodyReads = round(0);
            Round someDoNot = round(members / ONE_IN);
            peak = Math.max(peak, someDoNot.peakMiB);
            dropped += someDoNot.dropped;
            if (round >= 0) {
                medianAll.add(everybodyReads.millis(0.5));
                p99All.add(everybodyReads.millis(0.99));
                medianWithout.add(someDoNot.millis(0.5));
                p99Without.add(someDoNot.millis(0.99));
            }
        }
        print(
                "%,d members, %,d lines/s of %d bytes, %,d deliveries/s",
                members, linesPerSecond, LINE_BYTES, (long) linesPerSecond * (members - 1));
        print("everybody reads:        median %s  p99 %s", medianAll.show(" ms"), p99All.show(" ms"));
        print("one in %d does not:    median %s  p99 %s", ONE_IN, medianWithout.show(" ms"), p99Without.show(" ms"));
        print(
                "of %d members that did not read, %d were dropped",
                (rounds + WARM_UP_ROUNDS) * (members / ONE_IN), dropped);
        print("peak resident size of the lobby %.0f MiB (-Xmx128m)", peak);
    }

    private Round round(int deaf) throws IOException {
        try (ServerProcess lobby = ServerProcess.start(LobbyBench.class, "128m", "serve");
                Round round = new Round(lobby.port(), deaf)) {
            round.run();
            round.peakMiB = Measured.peakRssMiB(lobby.pid());
            return round;
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** All members of one lobby, in this process. */
    private final class Round implements AutoCloseable {
        private final Selector selector = Selector.open();
        private final List<SocketChannel> readers = new ArrayList<>();
        private final List<SocketChannel> deaf = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private long[] latencies = new long[1 << 20];
        private int count;
        double peakMiB;
        int dropped;

        Round(int port, int deafCount) throws IOException {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            for (int i = 0; i < members; i++) {
                SocketChannel channel = SocketChannel.open();
                boolean reads = i >= deafCount;
                if (!reads) {
                    // So that it is full, and dropped, well within the round.
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                }
                channel.connect(server);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.write(bytes("/setNick m" + i + "\n"));
                awaitOk(channel);
                channel.configureBlocking(false);
                if (reads) {
                    channel.register(selector, SelectionKey.OP_READ, new Partial());
                    readers.add(channel);
                } else {
                    deaf.add(channel);
                }
            }
        }

        private void awaitOk(SocketChannel channel) throws IOException {
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("OK ") < 0) {
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    throw new IOException("refused: " + seen);
                }
                seen.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            }
        }

        void run() throws IOException {
            long start = System.nanoTime();
            long gap = 1_000_000_000L / linesPerSecond;
            long lines = nanos / gap;
            long said = 0;
            // What the joins left in the sockets is read first.
            long end = start + 1_000_000_000L;
            while (System.nanoTime() < end) {
                poll(10);
            }
            count = 0;
            long next = System.nanoTime();
            while (said < lines) {
                if (System.nanoTime() >= next) {
                    say(readers.get((int) (said * 7 % readers.size())));
                    said++;
                    next += gap;
                } else {
                    poll(Math.max(1, (next - System.nanoTime()) / 1_000_000));
                }
            }
            long expected = said * (readers.size() - 1);
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (count < expected && System.nanoTime() < deadline) {
                poll(10);
            }
            if (count != expected) {
                throw new IOException(count + " deliveries instead of " + expected);
            }
            countDropped();
        }

        /** Reads what those that did not read still get; an end tells that the lobby has dropped them. */
        private void countDropped() throws IOException {
            for (SocketChannel channel : deaf) {
                try {
                    int read = channel.read(buffer.clear());
                    while (read > 0) {
                        read = channel.read(buffer.clear());
                    }
                    dropped += read < 0 ? 1 : 0;
                } catch (IOException reset) {
                    dropped++;
                }
            }
        }

        private void say(SocketChannel speaker) throws IOException {
            String text = "t=" + System.nanoTime() + " ";
            speaker.write(bytes(text + "x".repeat(LINE_BYTES - text.length() - 8) + "\n"));
        }

        private void poll(long millis) throws IOException {
            selector.select(millis);
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                    throw new IOException("the lobby dropped a member that reads");
                }
                // Each delivery is timed when it was read, not when its batch was.
                ((Partial) key.attachment()).take(buffer.flip(), System.nanoTime());
            }
            selector.selectedKeys().clear();
        }

        /** Finds the lines of one member, also across reads. */
        private final class Partial {
            private long said;
            private int state;

            void take(ByteBuffer in, long nowNanos) {
                while (in.hasRemaining()) {
                    byte b = in.get();
                    if (b == '\n') {
                        state = 0;
                    } else if (state == 0 && b == 't') {
                        state = 1;
                    } else if (state == 1) {
                        state = b == '=' ? 2 : 0;
                        said = 0;
                    } else if (state == 2 && b >= '0' && b <= '9') {
                        said = said * 10 + (b - '0');
                    } else if (state == 2) {
                        add(nowNanos - said);
                        state = 3;
                    }
                }
            }
        }

        private void add(long latency) {
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = latency;
        }

        double millis(double share) {
            long[] sorted = Arrays.copyOf(latencies, count);
            Arrays.sort(sorted);
            return sorted[(int) Math.min(count - 1, Math.round(share * (count - 1)))] / 1e6;
        }

        private ByteBuffer bytes(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : readers) {
                channel.close();
            }
            for (SocketChannel channel : deaf) {
                channel.close();
            }
            selector.close();
        }
    }

    private static void serve() throws IOException {
        Randomness random = Randomness.seeded(1);
        MemoryRegistry registry = new MemoryRegistry(RegistryLimits.DEFAULT, 60, 1_700_000_000L, random);
        Room room = new Room(Clock.SYSTEM, RoomLimits.DEFAULT, Throwable::printStackTrace);
        try (EventLoop loop = new EventLoop(System::nanoTime, Throwable::printStackTrace)) {
            LobbyServer lobby = LobbyServer.open(loop, LobbySetting.of(registry, room, random));
            System.out.println(lobby.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .getPort());
            loop.run();
        }
    }
}
