package p101.library;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import p101.model.Root;

/**
 * Hashes pieces from their bytes in order, in portions of any size: {@link #update} as often as needed, then
 * {@link #finishPiece}, then the next piece. Nothing is allocated for a leaf. For one thread at a time.
 */
public final class PieceHasher {
    private final MessageDigest digest = Merkle.sha256();

    /** A stack of finished subtrees: a bit of {@link #leaves} that is set is a node here, the greatest subtree first. */
    private final byte[] stack = new byte[(Merkle.MAX_LEVELS + 2) * Merkle.NODE_BYTES];

    /** A leaf's bytes on their way to the digest, which takes an array whole but a buffer in small portions only. */
    private final byte[] leaf = new byte[Geometry.LEAF_BYTES];

    private int depth;
    private long leaves;
    private int leafFill;

    /** Takes all remaining bytes of the piece's next portion. */
    public void update(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int portion = Math.min(Geometry.LEAF_BYTES - leafFill, bytes.remaining());
            bytes.get(leaf, leafFill, portion);
            leafFill += portion;
            if (leafFill == Geometry.LEAF_BYTES) {
                finishLeaf();
            }
        }
    }

    /** Bytes taken since the last piece was finished. */
    public long taken() {
        return leaves * Geometry.LEAF_BYTES + leafFill;
    }

    /**
     * The hash of the piece whose bytes were taken; the hasher is then ready for another.
     *
     * @throws IllegalStateException when the bytes taken are not as many as the piece has
     */
    public Root finishPiece(Geometry geometry, int piece) {
        long taken = taken();
        if (taken != geometry.pieceLength(piece)) {
            reset();
            throw new IllegalStateException(
                    "piece " + piece + " has " + geometry.pieceLength(piece) + " bytes, " + taken + " were hashed");
        }
        if (leafFill > 0) {
            finishLeaf();
        }
        padTo(geometry.pieceLevels());
        Root node = Root.read(ByteBuffer.wrap(stack), 0);
        reset();
        return node;
    }

    /** Forgets what was taken of an unfinished piece. */
    public void reset() {
        digest.reset();
        depth = 0;
        leaves = 0;
        leafFill = 0;
    }

    private void finishLeaf() {
        digest.update(leaf, 0, leafFill);
        Merkle.finish(digest, stack, depth * Merkle.NODE_BYTES);
        depth++;
        leaves++;
        leafFill = 0;
        for (long subtree = leaves; (subtree & 1) == 0; subtree >>= 1) {
            foldTop();
        }
    }

    private void foldTop() {
        depth--;
        int offset = (depth - 1) * Merkle.NODE_BYTES;
        Merkle.foldPair(digest, stack, offset, offset);
    }

    /** Fills the tree with missing leaves up to so many levels; there is at least one leaf. */
    private void padTo(int levels) {
        long subtrees = leaves;
        int level = Long.numberOfTrailingZeros(subtrees);
        while (level < levels) {
            Merkle.putZeroNode(level, stack, depth * Merkle.NODE_BYTES);
            depth++;
            subtrees += 1L << level;
            for (int top = Long.numberOfTrailingZeros(subtrees); level < top; level++) {
                foldTop();
            }
        }
    }
}
