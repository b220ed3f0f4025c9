package p101.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.SplittableRandom;
import p101.library.Geometry;
import p101.library.HashedFile;
import p101.library.PieceHasher;

/**
 * How fast pieces are hashed: one thread on bytes in memory, and a whole file with all cores.
 *
 * <p>Arguments: a folder for the file (default {@code /dev/shm}), its size in MiB (default 1024), rounds (default 5).
 */
public final class HashBench {
    private static final int MIB = 1 << 20;

    private HashBench() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "/dev/shm");
        int mebibytes = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Path file = Files.createTempFile(folder, "p101-hash-bench", ".bin");
        try {
            write(file, mebibytes);
            compare(file, mebibytes, rounds);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(Path file, int mebibytes) throws IOException {
        SplittableRandom random = new SplittableRandom(101);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(MIB);
            for (int i = 0; i < mebibytes; i++) {
                block.clear();
                while (block.hasRemaining()) {
                    block.putLong(random.nextLong());
                }
                out.write(block.flip());
            }
        }
    }

    private static void compare(Path file, int mebibytes, int rounds) throws IOException {
        Figures memory = new Figures();
        Figures whole = new Figures();
        for (int round = 0; round < rounds; round++) {
            memory.add(gigabytesPerSecond(mebibytes, hashInMemory(mebibytes)));
            long start = System.nanoTime();
            HashedFile.of(file, bytes -> {});
            whole.add(gigabytesPerSecond(mebibytes, System.nanoTime() - start));
        }
        System.out.println("one thread, bytes in memory  " + memory.show(" GB/s"));
        System.out.println("a file, all cores            " + whole.show(" GB/s"));
        System.out.println(String.format(Locale.ROOT, "ratio %.2f", whole.median() / memory.median()));
    }

    private static long hashInMemory(int mebibytes) {
        Geometry geometry = new Geometry((long) mebibytes * MIB);
        PieceHasher hasher = new PieceHasher();
        ByteBuffer block = ByteBuffer.allocateDirect((int) geometry.pieceBytes());
        long start = System.nanoTime();
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            block.clear();
            hasher.update(block);
            hasher.finishPiece(geometry, piece);
        }
        return System.nanoTime() - start;
    }

    private static double gigabytesPerSecond(int mebibytes, long nanos) {
        return (double) mebibytes * MIB / nanos;
    }
}
