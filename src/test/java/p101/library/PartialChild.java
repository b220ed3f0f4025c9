package p101.library;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A download in a process of its own, for the tests that kill it. */
public final class PartialChild {
    static final int SIZE = 48 << 20;

    private PartialChild() {}

    /**
     * @param args what to do (download, hold, diskfull), the target, a seed
     */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[1]);
        switch (args[0]) {
            case "download" -> download(target, Long.parseLong(args[2]));
            case "hold" -> hold(target);
            case "diskfull" -> fillTheDisk(target);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Says each piece after it counts as verified; before that it leaves garbage and halves in other pieces. */
    private static void download(Path path, long seed) throws IOException {
        byte[] bytes = TestFiles.pattern(SIZE);
        Geometry geometry = new Geometry(SIZE);
        Random random = new Random(seed);
        try (PartialFile partial = PartialFile.open(TestFiles.target(path, bytes), done -> {})) {
            List<Integer> missing = new ArrayList<>();
            for (int i = 0; i < geometry.pieceCount(); i++) {
                if (!partial.pieces().has(i)) {
                    missing.add(i);
                }
            }
            Collections.shuffle(missing, random);
            System.out.println("open");
            for (int i = 0; i < missing.size(); i++) {
                int later = missing.get(i + random.nextInt(missing.size() - i));
                int garbage = 1 + random.nextInt((int) geometry.pieceLength(later));
                partial.write(ByteBuffer.allocate(garbage), geometry.pieceOffset(later));
                int piece = missing.get(i);
                partial.write(TestFiles.slice(bytes, geometry, piece), geometry.pieceOffset(piece));
                partial.markVerified(piece);
                System.out.println(piece);
            }
        }
    }

    private static void hold(Path path) throws IOException {
        try (PartialFile partial = PartialFile.open(TestFiles.target(path, TestFiles.pattern(100_000)), done -> {})) {
            System.out.println("open");
            if (System.in.read() >= 0) {
                System.out.println("released " + partial.pieces());
            }
        } catch (PartialFileBusyException e) {
            System.out.println("busy");
        }
    }

    /** The disk is filled by something else in the middle of a download, which goes on when there is room again. */
    private static void fillTheDisk(Path path) throws IOException {
        PrintStream out = System.out;
        byte[] bytes = TestFiles.pattern(800_000);
        Geometry geometry = new Geometry(bytes.length);
        PartialFile.Target target = TestFiles.target(path, bytes);
        Path filler = path.resolveSibling("filler");
        PartialFile partial = PartialFile.open(target, done -> {});
        try (partial) {
            fetch(partial, bytes, geometry);
            out.println("not full");
        } catch (IOException e) {
            out.println("full: " + e.getMessage());
        }
        out.println("kept " + partial.pieces());
        try {
            PartialFile.open(target, done -> {}).close();
        } catch (NotEnoughSpaceException e) {
            out.println("no room: " + e.getMessage());
        }
        Files.delete(filler);
        try (PartialFile again = PartialFile.open(target, done -> {})) {
            out.println("resumed " + again.pieces());
            for (int i = again.pieces().nextMissing(0);
                    i < geometry.pieceCount();
                    i = again.pieces().nextMissing(i)) {
                again.write(TestFiles.slice(bytes, geometry, i), geometry.pieceOffset(i));
                again.markVerified(i);
            }
            Path done = again.finish(ExistingFilePolicy.KEEP);
            out.println("exact " + java.util.Arrays.equals(Files.readAllBytes(done), bytes));
        }
    }

    private static void fetch(PartialFile partial, byte[] bytes, Geometry geometry) throws IOException {
        for (int i = 0; i < geometry.pieceCount(); i++) {
            if (i == 5) {
                fillUp(partial.path().resolveSibling("filler"));
            }
            partial.write(TestFiles.slice(bytes, geometry, i), geometry.pieceOffset(i));
            partial.markVerified(i);
        }
    }

    private static void fillUp(Path filler) {
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 1_000; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            System.out.println("filled");
        }
    }
}
