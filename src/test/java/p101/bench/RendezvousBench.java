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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.MemoryRegistry;
import p101.registry.OwnerId;
import p101.registry.RegistryLimits;
import p101.rendezvous.RendezvousLimits;
import p101.rendezvous.RendezvousServer;

/**
 * The rendezvous port against a bare line echo (one selector, read, send back), each in a JVM of its own, in turn under the same
 * load: one peer of a thousand is asked for, on connections that are kept (JSON), and on a new one for each question (the
 * published form, 16 connections at a time). Then the time for a list of a thousand peers.
 *
 * <p>Properties: {@code p101.bench.rounds} (9), {@code p101.bench.millis} (1000, one measurement).
 */
public final class RendezvousBench {
    private static final int PEERS = 1_000;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int BUFFER_BYTES = 131_072;
    private static final int AT_A_TIME = 16;

    private final int rounds = Integer.getInteger("p101.bench.rounds", 9);
    private final long nanos = Integer.getInteger("p101.bench.millis", 1000) * 1_000_000L;

    private RendezvousBench() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "echo" -> TcpEcho.serve(BUFFER_BYTES);
            case "index" -> index();
            default -> new RendezvousBench().compare();
        }
    }

    private void compare() throws Exception {
        try (ServerProcess echo = start("echo");
                ServerProcess index = start("index")) {
            int echoPort = echo.port();
            int indexPort = index.port();
            String kept = "GET /v1/peers/peer7 HTTP/1.1\r\nHost: h\r\n\r\n";
            compare("kept, 1 connection", echoPort, indexPort, new Load(kept, 1, true));
            compare("kept, 500 connections", echoPort, indexPort, new Load(kept, 500, true));
            String body = "{\"id\": \"peer7\"}";
            String choose = "Post http://localhost:8031/choseClient HTTP/1.1\r\nContent-type: " + body.length()
                    + "\r\n\r\n" + body;
            compare("new for each question", echoPort, indexPort, new Load(choose, AT_A_TIME, false));
            list(indexPort);
        }
    }

    private static ServerProcess start(String role) throws IOException {
        return ServerProcess.start(RendezvousBench.class, "128m", role);
    }

    private void compare(String what, int echoPort, int indexPort, Load load) throws IOException {
        Comparison figures = Comparison.of(
                WARM_UP_ROUNDS, rounds, () -> load.perSecond(echoPort, nanos), () -> load.perSecond(indexPort, nanos));
        print("%-22s  %s", what, figures.show("rendezvous"));
    }

    private void list(int port) throws IOException {
        Figures millis = new Figures();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        byte[] request = "GET /listOfclients HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        int bytes = 0;
        for (int round = -WARM_UP_ROUNDS * 20; round < rounds * 20; round++) {
            long before = System.nanoTime();
            try (SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                channel.write(ByteBuffer.wrap(request));
                buffer.clear();
                while (channel.read(buffer) >= 0) {
                    bytes = buffer.position();
                }
            }
            if (round >= 0) {
                millis.add((System.nanoTime() - before) / 1e6);
            }
        }
        print("list of %,d peers, %,d bytes: %s", PEERS, bytes, millis.show(" ms"));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /**
     * A question that is outstanding on so many connections at all times.
     *
     * @param kept whether a connection asks again; else it is closed after the answer and another one made
     */
    private record Load(String request, int connections, boolean kept) {
        double perSecond(int port, long nanos) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            Deque<SocketChannel> all = new ArrayDeque<>();
            try (Selector selector = Selector.open()) {
                for (int i = 0; i < connections; i++) {
                    all.add(open(port, selector));
                }
                long start = System.nanoTime();
                long answers = 0;
                for (SocketChannel channel : all) {
                    ask(channel);
                }
                while (System.nanoTime() < start + nanos) {
                    selector.select(100);
                    for (SelectionKey key : selector.selectedKeys()) {
                        SocketChannel channel = (SocketChannel) key.channel();
                        buffer.clear();
                        if (channel.read(buffer) <= 0) {
                            throw new IOException("a connection without an answer");
                        }
                        answers++;
                        if (!kept) {
                            channel.close();
                            channel = open(port, selector);
                            all.add(channel);
                            all.removeIf(other -> !other.isOpen());
                        }
                        ask(channel);
                    }
                    selector.selectedKeys().clear();
                }
                return answers / ((System.nanoTime() - start) / 1e9);
            } finally {
                for (SocketChannel channel : all) {
                    channel.close();
                }
            }
        }

        private static SocketChannel open(int port, Selector selector) throws IOException {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            // Closed by a reset: tens of thousands of closed connections would otherwise keep their ports.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        }

        private void ask(SocketChannel channel) throws IOException {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static void index() throws IOException {
        Randomness random = Randomness.seeded(1);
        MemoryRegistry registry =
                new MemoryRegistry(RegistryLimits.DEFAULT.withOwnersPerAddress(PEERS), 65_535, 1_700_000_000L, random);
        for (int n = 0; n < PEERS; n++) {
            OwnerId owner = OwnerId.leased(n + 1, new Endpoint(InetAddress.getLoopbackAddress(), 6010));
            registry.apply(new Command.Refresh(owner, 1, PeerName.of("peer" + n)), System.nanoTime(), outcome -> {});
        }
        try (EventLoop loop = new EventLoop(System::nanoTime, Throwable::printStackTrace)) {
            RendezvousServer server = new RendezvousServer(
                    loop, registry, RendezvousLimits.DEFAULT, Optional.empty(), Clock.SYSTEM, random);
            System.out.println(server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .getPort());
            loop.run();
        }
    }
}
