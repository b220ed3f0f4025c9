package p101.app;

import java.util.BitSet;
import p101.direct.HeldContent;
import p101.library.Geometry;

/** The verified pieces of a file as they were at one moment. Made by the disk's thread, read by the loop's; nobody changes it. */
final class HeldPieces implements HeldContent {
    private final Geometry geometry;
    private final BitSet held;
    private final long bytes;

    /**
     * @param held the caller changes it no more
     */
    HeldPieces(Geometry geometry, BitSet held) {
        this.geometry = geometry;
        this.held = held;
        this.bytes = held.stream().mapToLong(geometry::pieceLength).sum();
    }

    @Override
    public long endOfRun(long offset) {
        int piece = geometry.pieceAt(offset);
        int clear = held.nextClearBit(piece);
        if (clear == piece) {
            return offset;
        }
        return clear >= geometry.pieceCount() ? geometry.size() : geometry.pieceOffset(clear);
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
