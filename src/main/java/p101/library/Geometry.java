package p101.library;

import p101.model.Content;

/**
 * How a file of a given size is cut into pieces; the size alone decides (spec/PDU.md, section 6). A piece is the smallest
 * power of two of {@value #MIN_PIECE_BYTES} bytes or more that gives at most {@value #MAX_PIECES} pieces; only the last piece
 * may be shorter. An empty file has no piece.
 *
 * @param size bytes of the file, 0 to {@link Content#MAX_SIZE}
 */
public record Geometry(long size) {
    /** Bytes of a leaf of the Merkle tree; the last leaf of a file may be shorter. */
    public static final int LEAF_BYTES = 16_384;

    /** Bytes of the smallest piece: four leaves. */
    public static final int MIN_PIECE_BYTES = 65_536;

    /** Most pieces of a file. */
    public static final int MAX_PIECES = 32_768;

    /**
     * @throws IllegalArgumentException when the size is negative or does not fit 48 bits
     */
    public Geometry {
        if (size < 0 || size > Content.MAX_SIZE) {
            throw new IllegalArgumentException("a file has 0 to " + Content.MAX_SIZE + " bytes, not " + size);
        }
    }

    /** Bytes of every piece but the last: a power of two from 64 KiB to 8 GiB. */
    public long pieceBytes() {
        long atLeast = (size + MAX_PIECES - 1) / MAX_PIECES;
        return atLeast <= MIN_PIECE_BYTES ? MIN_PIECE_BYTES : Long.highestOneBit(atLeast - 1) << 1;
    }

    /** 0 to {@value #MAX_PIECES}. */
    public int pieceCount() {
        long pieceBytes = pieceBytes();
        return (int) ((size + pieceBytes - 1) / pieceBytes);
    }

    /**
     * Where a piece begins in the file.
     *
     * @throws IndexOutOfBoundsException when there is no such piece
     */
    public long pieceOffset(int piece) {
        if (piece < 0 || piece >= pieceCount()) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + pieceCount());
        }
        return piece * pieceBytes();
    }

    /**
     * Bytes of a piece.
     *
     * @throws IndexOutOfBoundsException when there is no such piece
     */
    public long pieceLength(int piece) {
        return Math.min(pieceBytes(), size - pieceOffset(piece));
    }

    /**
     * The piece that holds the byte at an offset.
     *
     * @throws IndexOutOfBoundsException when the file has no such byte
     */
    public int pieceAt(long offset) {
        if (offset < 0 || offset >= size) {
            throw new IndexOutOfBoundsException("byte " + offset + " of " + size);
        }
        return (int) (offset / pieceBytes());
    }

    /** Leaves of the whole file: its size in units of {@value #LEAF_BYTES} bytes, rounded up. */
    public long leafCount() {
        return (size + LEAF_BYTES - 1) / LEAF_BYTES;
    }

    /**
     * Levels between the leaves and the node of a piece. With several pieces each is padded to a full piece; a single piece
     * only to the next power of two of its leaves, so that its node is the root.
     */
    public int pieceLevels() {
        long leaves = pieceCount() > 1 ? pieceBytes() / LEAF_BYTES : Math.max(1, leafCount());
        return levelsAbove(leaves);
    }

    /** Levels of a binary tree above so many nodes, these padded to a power of two. */
    static int levelsAbove(long nodes) {
        return Long.SIZE - Long.numberOfLeadingZeros(nodes - 1);
    }
}
