package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;
import p101.model.Root;

/** Hashing a piece from where it lies in a file. */
final class PieceReading {
    /** Bytes of a reading buffer: small enough to stay in the cache between reading and hashing. */
    static final int BUFFER_BYTES = 256 << 10;

    private PieceReading() {}

    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(BUFFER_BYTES);
    }

    /**
     * The hash of a piece.
     *
     * @param buffer scratch, direct
     * @param readBytes told about each portion
     * @throws FileChangedException when the file ends before the piece does
     */
    static Root hash(
            FileChannel file,
            Geometry geometry,
            int piece,
            PieceHasher hasher,
            ByteBuffer buffer,
            IntConsumer readBytes)
            throws IOException {
        hasher.reset();
        long at = geometry.pieceOffset(piece);
        long end = at + geometry.pieceLength(piece);
        while (at < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int count = file.read(buffer, at);
            if (count <= 0) {
                throw new FileChangedException("the file was truncated");
            }
            hasher.update(buffer.flip());
            at += count;
            readBytes.accept(count);
        }
        return hasher.finishPiece(geometry, piece);
    }
}
