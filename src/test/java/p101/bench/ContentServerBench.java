package p101.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import p101.model.Root;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduFramer;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;

/**
 * What serving costs: a server in a cold process of its own, a file in memory, a reader on loopback that throws away what it
 * reads. Prints the rate, the server's processor time from its start on, and its peak memory, for each set of JVM flags.
 *
 * <p>Arguments: MiB of the file (1024), rounds (5).
 */
public final class ContentServerBench {
    private static final int READ_BYTES = 256 * 1024;

    private ContentServerBench() {}

    public static void main(String[] arguments) throws IOException {
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_024;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        List<List<String>> flagSets = arguments.length > 2
                ? List.of(List.of(arguments[2].split(" ")))
                : List.of(List.of("-XX:+UseSerialGC", "-Xmx64m"), List.of());
        Path file = randomFile(mebibytes);
        try {
            for (List<String> flags : flagSets) {
                measure(file, mebibytes, rounds, flags);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void measure(Path file, int mebibytes, int rounds, List<String> flags) throws IOException {
        Figures gigabytesPerSecond = new Figures();
        Figures cpuSeconds = new Figures();
        Figures rssMiB = new Figures();
        for (int round = 0; round < rounds; round++) {
            try (ContentProcess server = ContentProcess.start(file, flags)) {
                long began = System.nanoTime();
                fetch(server.address, (long) mebibytes << 20);
                double seconds = (System.nanoTime() - began) / 1e9;
                gigabytesPerSecond.add(((long) mebibytes << 20) / 1e9 / seconds);
                cpuSeconds.add(server.cpuSeconds());
                rssMiB.add(server.peakRssMiB());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d MiB, flags %s%n  rate       %s%n  server CPU %s%n  server RSS %s%n",
                mebibytes,
                flags,
                gigabytesPerSecond.show(" GB/s"),
                cpuSeconds.show(" s"),
                rssMiB.show(" MiB"));
    }

    /** Asks for the whole file, and reads until all has come. */
    static void fetch(InetSocketAddress server, long size) throws IOException {
        try (SocketChannel channel = SocketChannel.open(server)) {
            ByteBuffer request = ByteBuffer.allocate(PduLayout.PDU_BYTES);
            PduCodec.encode(new Pdu.Download(RangeKind.CONTENT, 0, 0, Root.NONE, FileCatalog.NAME), request);
            channel.write(request.flip());
            ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
            long left = PduLayout.PDU_BYTES + PduFramer.wireBytesFor(size);
            while (left > 0) {
                int count = channel.read(buffer.clear());
                if (count < 0) {
                    throw new IOException("the server closed with " + left + " bytes to come");
                }
                left -= count;
            }
        }
    }

    /** A file of random bytes, in memory where the system has such a place. */
    static Path randomFile(int mebibytes) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path file = Files.isDirectory(memory)
                ? Files.createTempFile(memory, "p101-bench", ".bin")
                : Files.createTempFile("p101-bench", ".bin");
        byte[] mebibyte = new byte[1 << 20];
        SplittableRandom random = new SplittableRandom(101);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(mebibyte);
                out.write(mebibyte);
            }
        }
        return file;
    }
}
