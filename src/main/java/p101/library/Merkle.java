package p101.library;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import p101.model.Root;

/**
 * The upper part of a BEP 52 tree: a node is SHA-256 over its two children, a missing leaf counts as 32 zero bytes
 * (spec/PDU.md, section 6).
 */
public final class Merkle {
    /** Bytes of a node. */
    static final int NODE_BYTES = Root.BYTES;

    /** The root of an empty file: SHA-256 of nothing. */
    public static final Root EMPTY_ROOT = Root.of(sha256().digest());

    /** Levels of the tallest tree: 2^48 bytes have 2^34 leaves. */
    static final int MAX_LEVELS = 34;

    /** The node at each level over leaves that are all missing; level 0 is the missing leaf itself. */
    private static final byte[][] ZERO_NODES = zeroNodes();

    private Merkle() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Copies the node of a subtree without any leaf into {@code target}. */
    static void putZeroNode(int level, byte[] target, int offset) {
        System.arraycopy(ZERO_NODES[level], 0, target, offset, NODE_BYTES);
    }

    /** Replaces the first of two neighbouring nodes by their parent. */
    static void foldPair(MessageDigest digest, byte[] nodes, int offset, int targetOffset) {
        digest.update(nodes, offset, 2 * NODE_BYTES);
        finish(digest, nodes, targetOffset);
    }

    /** Ends a digest without allocating. */
    static void finish(MessageDigest digest, byte[] target, int offset) {
        try {
            digest.digest(target, offset, NODE_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
    }

    /**
     * The root above a piece layer.
     *
     * @param layer 32 bytes for each piece of the geometry; not changed
     */
    static Root rootOfLayer(byte[] layer, Geometry geometry) {
        int count = layer.length / NODE_BYTES;
        if (count == 0) {
            return EMPTY_ROOT;
        }
        MessageDigest digest = sha256();
        byte[] nodes = new byte[layer.length + NODE_BYTES];
        System.arraycopy(layer, 0, nodes, 0, layer.length);
        for (int level = geometry.pieceLevels(); count > 1; level++) {
            if (count % 2 != 0) {
                putZeroNode(level, nodes, count * NODE_BYTES);
                count++;
            }
            count /= 2;
            for (int i = 0; i < count; i++) {
                foldPair(digest, nodes, 2 * i * NODE_BYTES, i * NODE_BYTES);
            }
        }
        return Root.read(ByteBuffer.wrap(nodes), 0);
    }

    private static byte[][] zeroNodes() {
        MessageDigest digest = sha256();
        byte[][] nodes = new byte[MAX_LEVELS + 1][NODE_BYTES];
        for (int level = 1; level <= MAX_LEVELS; level++) {
            digest.update(nodes[level - 1]);
            digest.update(nodes[level - 1]);
            finish(digest, nodes[level], 0);
        }
        return nodes;
    }
}
