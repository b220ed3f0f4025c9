package p101.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A node as others write it, from the rules alone and with none of our code: it takes what one receive of 2,048 bytes gives for
 * one packet, answers it with ACK, looks at what came once a tick, and blocks on every packet that it sends until its ACK is
 * there.
 */
public final class RawNode implements AutoCloseable {
    private static final int RECEIVE_BYTES = 2_048;
    private static final String HOST = "127.000.000.001";

    private final boolean binary;
    private final int rootPort;
    private final ServerSocket server;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final ConcurrentLinkedQueue<byte[]> received = new ConcurrentLinkedQueue<>();
    private final Map<String, Socket> opened = new ConcurrentHashMap<>();
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    public final List<String> heard = new CopyOnWriteArrayList<>();
    public final List<Integer> children = new CopyOnWriteArrayList<>();
    public final List<String> troubles = new CopyOnWriteArrayList<>();
    public volatile int parent;
    public volatile int hellosBack;
    private long lastHelloMillis;
    private final long helloMillis;

    /**
     * @param rootPort of a root on 127.0.0.1
     * @param tickMillis how often it looks at what came; programs of the course: 2,000
     */
    public RawNode(boolean binary, int rootPort, long tickMillis) throws IOException {
        this.binary = binary;
        this.rootPort = rootPort;
        this.helloMillis = 2 * tickMillis;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
        ticks.scheduleAtFixedRate(this::tick, 0, tickMillis, TimeUnit.MILLISECONDS);
        ticks.execute(() -> send("register", rootPort, packet(1, "REQ" + HOST + port(port()))));
    }

    public int port() {
        return server.getLocalPort();
    }

    private static String port(int number) {
        return String.format("%05d", number);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-node");
        thread.setDaemon(true);
        thread.start();
    }

    /** Says something to all neighbours. */
    public void say(String text) {
        ticks.execute(() -> spread(text, 0));
    }

    // ---- the wire, typed anew ----

    private byte[] packet(int type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!binary) {
            String header =
                    "1" + String.format("%02d", type) + String.format("%05d", bytes.length) + HOST + port(port());
            return concat(header.getBytes(StandardCharsets.US_ASCII), bytes);
        }
        ByteBuffer header = ByteBuffer.allocate(20);
        header.putShort((short) 1).putShort((short) type).putInt(bytes.length);
        header.putShort((short) 127).putShort((short) 0).putShort((short) 0).putShort((short) 1);
        header.putInt(port());
        return concat(header.array(), bytes);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                daemon(() -> receive(socket));
            }
        } catch (IOException closed) {
            // The end of the program.
        }
    }

    private void receive(Socket socket) {
        byte[] buffer = new byte[RECEIVE_BYTES];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                socket.getOutputStream().write("ACK".getBytes(StandardCharsets.US_ASCII));
                received.add(Arrays.copyOf(buffer, count));
            }
        } catch (IOException gone) {
            // So be it.
        }
    }

    /** Blocks until the ACK is there. */
    private void send(String purpose, int to, byte[] packet) {
        String key = purpose + to;
        try {
            Socket socket = opened.get(key);
            if (socket == null) {
                socket = new Socket();
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to));
                opened.put(key, socket);
            }
            socket.getOutputStream().write(packet);
            byte[] ack = new byte[16];
            int count = socket.getInputStream().read(ack);
            if (count < 0) {
                forget(key, to);
            } else if (count != 3 || ack[0] != 'A') {
                troubles.add("no ACK from " + to);
            }
        } catch (IOException broken) {
            forget(key, to);
        }
    }

    private void forget(String key, int to) {
        opened.remove(key);
        children.remove((Integer) to);
    }

    // ---- the rules ----

    private void tick() {
        try {
            for (byte[] packet = received.poll(); packet != null; packet = received.poll()) {
                handle(packet);
            }
            long now = System.nanoTime() / 1_000_000;
            if (parent != 0 && now - lastHelloMillis >= helloMillis) {
                lastHelloMillis = now;
                send("tree", parent, packet(5, "REQ01" + HOST + port(port())));
            }
        } catch (RuntimeException failure) {
            troubles.add(failure.toString());
        }
    }

    private void handle(byte[] bytes) {
        int type;
        int length;
        int from;
        int header;
        if (bytes[0] == '1' && !binary) {
            String text = new String(bytes, 0, 28, StandardCharsets.US_ASCII);
            type = Integer.parseInt(text.substring(1, 3));
            length = Integer.parseInt(text.substring(3, 8));
            from = Integer.parseInt(text.substring(23, 28));
            header = 28;
        } else if (bytes[0] == 0 && binary) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            type = in.getShort(2);
            length = in.getInt(4);
            from = in.getInt(16);
            header = 20;
        } else {
            troubles.add("a packet of another form");
            return;
        }
        if (bytes.length != header + length) {
            troubles.add("a receive of " + bytes.length + " bytes is no packet of " + (header + length));
            return;
        }
        String body = new String(bytes, header, length, StandardCharsets.UTF_8);
        switch (type) {
            case 1 -> send("register", rootPort, packet(2, "REQ"));
            case 2 -> {
                parent = Integer.parseInt(body.substring(18, 23));
                send("tree", parent, packet(3, "JOIN"));
            }
            case 3 -> children.add(from);
            case 4 -> {
                if (from == parent || children.contains(from)) {
                    heard.add(body);
                    spread(body, from);
                }
            }
            case 5 -> reunion(body);
            default -> troubles.add("type " + type);
        }
    }

    private void spread(String text, int from) {
        if (parent != 0 && parent != from) {
            send("tree", parent, packet(4, text));
        }
        for (int child : children) {
            if (child != from) {
                send("tree", child, packet(4, text));
            }
        }
    }

    private void reunion(String body) {
        int count = Integer.parseInt(body.substring(3, 5));
        String hops = body.substring(5);
        if (body.startsWith("REQ")) {
            if (parent != 0) {
                send("tree", parent, packet(5, "REQ" + String.format("%02d", count + 1) + hops + HOST + port(port())));
            }
        } else if (!hops.startsWith(HOST + port(port()))) {
            troubles.add("a hello back for somebody else");
        } else if (count == 1) {
            hellosBack++;
        } else {
            int next = Integer.parseInt(hops.substring(35, 40));
            send("tree", next, packet(5, "RES" + String.format("%02d", count - 1) + hops.substring(20)));
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            server.close();
            for (Socket socket : opened.values()) {
                socket.close();
            }
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
