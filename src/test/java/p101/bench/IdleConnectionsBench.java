package p101.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What idle connections cost a healthy download: its rate with and without them, and the server's heap for each. One server
 * in a process of its own; the connections come from 127.0.0.2 to 127.0.0.5 where the system has these addresses.
 *
 * <p>Arguments: connections (10000), MiB of the file (512), rounds (5).
 */
public final class IdleConnectionsBench {
    private static final int SOURCES = 4;

    private IdleConnectionsBench() {}

    public static void main(String[] arguments) throws IOException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int mebibytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 512;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        Path file = ContentServerBench.randomFile(mebibytes);
        List<String> flags = List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
        // Two servers side by side, one without idle connections: what else the machine does hits both alike.
        try (ContentProcess quiet = ContentProcess.start(file, flags);
                ContentProcess busy = ContentProcess.start(file, flags)) {
            ContentServerBench.fetch(quiet.address, (long) mebibytes << 20);
            ContentServerBench.fetch(busy.address, (long) mebibytes << 20);
            long heapBefore = busy.liveHeapBytes();
            double cpuBefore = busy.cpuSeconds();
            List<SocketChannel> idle = open(busy.address, count);
            // One more that is served after all the others: so they have been taken in.
            ContentServerBench.fetch(busy.address, (long) mebibytes << 20);
            long heapAfter = busy.liveHeapBytes();
            System.out.printf(
                    Locale.ROOT,
                    "%d idle connections: %.0f bytes of heap each; CPU to take them in and serve once %.2f s%n",
                    count,
                    (heapAfter - heapBefore) / (double) count,
                    busy.cpuSeconds() - cpuBefore);
            compare(quiet, busy, mebibytes, rounds);
            System.out.printf(Locale.ROOT, "peak RSS of the server %.1f MiB%n", busy.peakRssMiB());
            for (SocketChannel channel : idle) {
                channel.close();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void compare(ContentProcess quiet, ContentProcess busy, int mebibytes, int rounds)
            throws IOException {
        Figures without = new Figures();
        Figures with = new Figures();
        Figures ratio = new Figures();
        for (int round = 0; round < rounds; round++) {
            double quietRate = rate(quiet.address, mebibytes);
            double busyRate = rate(busy.address, mebibytes);
            without.add(quietRate);
            with.add(busyRate);
            ratio.add(busyRate / quietRate);
        }
        System.out.println("rate without " + without.show(" GB/s"));
        System.out.println("rate with    " + with.show(" GB/s"));
        System.out.println("ratio        " + ratio.show(""));
    }

    private static double rate(InetSocketAddress server, int mebibytes) throws IOException {
        long began = System.nanoTime();
        ContentServerBench.fetch(server, (long) mebibytes << 20);
        return ((long) mebibytes << 20) / 1e9 / ((System.nanoTime() - began) / 1e9);
    }

    private static List<SocketChannel> open(InetSocketAddress server, int count) throws IOException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + i % SOURCES)), 0));
            } catch (IOException oneLoopbackAddressOnly) {
                channel.close();
                channel = SocketChannel.open();
            }
            channel.connect(server);
            channels.add(channel);
        }
        return channels;
    }
}
