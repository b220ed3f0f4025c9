package p101.library;

import java.nio.ByteBuffer;
import java.util.Arrays;
import p101.model.Content;
import p101.model.Root;

/**
 * The hashes of a file's pieces in order: its BEP 52 piece layer, 32 bytes a piece. A file of one piece has its root as the
 * only hash, an empty file has none. Immutable.
 */
public final class PieceHashes {
    private static final PieceHashes NONE = new PieceHashes(new byte[0]);

    private final byte[] hashes;

    /** What {@link #isOf} found to be true, so that a big tree is folded once; any thread's answer will do. */
    private volatile Content proven;

    private PieceHashes(byte[] hashes) {
        this.hashes = hashes;
    }

    /** For a file of at most one piece, whose root says all. */
    public static PieceHashes ofSinglePiece(Content content) {
        int count = new Geometry(content.size()).pieceCount();
        if (count > 1) {
            throw new IllegalArgumentException("a file of " + count + " pieces needs a manifest");
        }
        return count == 0 ? NONE : new PieceHashes(content.root().toBytes());
    }

    /**
     * Copies hashes of 32 bytes each.
     *
     * @throws IllegalArgumentException when the length is no multiple of 32, or there are more than a file can have
     */
    public static PieceHashes of(byte[] hashes) {
        return owning(hashes.clone());
    }

    /** Takes the array as its own: the caller lets go of it. */
    static PieceHashes owning(byte[] hashes) {
        if (hashes.length % Root.BYTES != 0 || hashes.length / Root.BYTES > Geometry.MAX_PIECES) {
            throw new IllegalArgumentException(hashes.length + " bytes are no list of piece hashes");
        }
        return hashes.length == 0 ? NONE : new PieceHashes(hashes);
    }

    public int count() {
        return hashes.length / Root.BYTES;
    }

    /**
     * The hash of a piece.
     *
     * @throws IndexOutOfBoundsException when there is no such piece
     */
    public Root get(int piece) {
        return Root.read(ByteBuffer.wrap(hashes), Math.multiplyExact(piece, Root.BYTES));
    }

    /** Folds the layer up to the root of a file of this size; {@code null} when the number of hashes does not fit the size. */
    Root foldedRoot(Geometry geometry) {
        return count() == geometry.pieceCount() ? Merkle.rootOfLayer(hashes, geometry) : null;
    }

    /**
     * The content of this size whose pieces have these hashes.
     *
     * @throws IllegalArgumentException when a file of this size has another number of pieces
     */
    public Content contentOfSize(long size) {
        Root root = foldedRoot(new Geometry(size));
        if (root == null) {
            throw new IllegalArgumentException("a file of " + size + " bytes has not " + this);
        }
        return new Content(root, size);
    }

    /** Whether these are the hashes of this content, and of no other. */
    public boolean isOf(Content content) {
        if (content.equals(proven)) {
            return true;
        }
        boolean same = content.root().equals(foldedRoot(new Geometry(content.size())));
        if (same) {
            proven = content;
        }
        return same;
    }

    /** Appends all hashes. */
    void putTo(ByteBuffer bytes) {
        bytes.put(hashes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceHashes that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return count() + " piece hashes";
    }
}
