package p101.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A folder, a file to download into it, and its parts. */
abstract class PartialRig {
    static final byte[] BYTES = TestFiles.pattern(400_000);
    static final Geometry GEOMETRY = new Geometry(BYTES.length);

    @TempDir
    Path folder;

    PartialFile.Target target() {
        return TestFiles.target(folder.resolve("file.bin"), BYTES);
    }

    PartialFile open() throws IOException {
        return PartialFile.open(target(), bytes -> {});
    }

    static void fetch(PartialFile partial, byte[] bytes, int... pieces) throws IOException {
        Geometry geometry = new Geometry(bytes.length);
        for (int piece : pieces) {
            partial.write(TestFiles.slice(bytes, geometry, piece), geometry.pieceOffset(piece));
            partial.markVerified(piece);
        }
    }

    static void fetchAll(PartialFile partial) throws IOException {
        for (int i = partial.pieces().nextMissing(0);
                i < GEOMETRY.pieceCount();
                i = partial.pieces().nextMissing(i)) {
            fetch(partial, BYTES, i);
        }
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    Path hidden() throws IOException {
        return folder.resolve(
                names().stream().filter(n -> n.startsWith(".")).findFirst().orElseThrow());
    }
}
