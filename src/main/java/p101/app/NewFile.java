package p101.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import p101.library.ExistingFilePolicy;
import p101.library.HashedFile;
import p101.library.Library;
import p101.library.Manifest;
import p101.library.PartialFile;
import p101.model.FileName;

/** Bytes that get a name of their own: whole or not at all, and never in the place of another file. */
final class NewFile {
    private NewFile() {}

    /** The path that it got: {@code name (2)} when the name is taken. */
    static Path write(Path folder, FileName name, byte[] bytes) throws IOException {
        Path scratch = java.nio.file.Files.createTempFile("p101", ".tmp");
        try {
            java.nio.file.Files.write(scratch, bytes);
            HashedFile hashed = HashedFile.of(scratch, count -> {});
            PartialFile.Target target = new PartialFile.Target(
                    folder.resolve(name.value()),
                    Library.labelOf(name),
                    hashed.content(),
                    new Manifest(name, hashed.pieces()),
                    0);
            try (PartialFile partial = PartialFile.open(target, count -> {})) {
                for (int piece = 0; piece < partial.pieces().pieceCount(); piece++) {
                    writePiece(partial, piece, bytes, hashed);
                }
                return partial.finish(ExistingFilePolicy.RENAME);
            }
        } finally {
            java.nio.file.Files.deleteIfExists(scratch);
        }
    }

    private static void writePiece(PartialFile partial, int piece, byte[] bytes, HashedFile hashed) throws IOException {
        p101.library.Geometry geometry =
                new p101.library.Geometry(hashed.content().size());
        if (!partial.pieces().has(piece)) {
            long offset = geometry.pieceOffset(piece);
            partial.write(ByteBuffer.wrap(bytes, (int) offset, (int) geometry.pieceLength(piece)), offset);
            partial.markVerified(piece);
        }
    }
}
