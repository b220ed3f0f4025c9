package p101.library;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import p101.model.Content;
import p101.model.Root;

/**
 * One entry of the hash cache: a file as it was when it was hashed, and its hashes.
 *
 * <pre>
 *   0:4   bytes of the body | 4:4 CRC-32C of the body
 *   body: 8 size | 8 time of modification, ns since 1970 | 2 + n key | 2 + n path | 32 root | 32 for each piece when there are several
 * </pre>
 *
 * @param path the absolute path
 * @param identity size, time and key; the key as text
 * @param hashed what was computed
 */
record CacheRecord(String path, FileIdentity identity, HashedFile hashed) {
    static final int HEADER_BYTES = 8;

    /** The shortest body: an empty file without key and path. */
    static final int MIN_BODY_BYTES = 8 + 8 + 2 + 2 + Root.BYTES;

    /** The longest body. */
    static final int MAX_BODY_BYTES = MIN_BODY_BYTES + 2 * 0xFFFF + Geometry.MAX_PIECES * Root.BYTES;

    /** Whether path and key fit their length fields. */
    boolean fits() {
        return path.length() <= 0xFFFF / 3 && identity.keyText().length() <= 0xFFFF / 3;
    }

    /** The entry with its header, from position 0 to the limit. */
    ByteBuffer encode() {
        byte[] key = identity.keyText().getBytes(StandardCharsets.UTF_8);
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int hashBytes = hashed.pieces().count() > 1 ? hashed.pieces().count() * Root.BYTES : 0;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + MIN_BODY_BYTES + key.length + name.length + hashBytes);
        bytes.position(HEADER_BYTES);
        bytes.putLong(identity.size()).putLong(identity.modifiedNanos());
        bytes.putShort((short) key.length)
                .put(key)
                .putShort((short) name.length)
                .put(name);
        bytes.put(hashed.content().root().toBytes());
        if (hashBytes > 0) {
            hashed.pieces().putTo(bytes);
        }
        bytes.flip();
        bytes.putInt(0, bytes.limit() - HEADER_BYTES).putInt(4, checksum(bytes, HEADER_BYTES));
        return bytes;
    }

    static int checksum(ByteBuffer bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, bytes.limit() - from));
        return (int) crc.getValue();
    }

    /**
     * Reads a body, from position 0 to the limit. Any bytes will do.
     *
     * @return {@code null} unless the checksum, every length and the root are right
     */
    static CacheRecord decode(ByteBuffer body, int checksum) {
        if (body.limit() < MIN_BODY_BYTES || checksum(body, 0) != checksum) {
            return null;
        }
        try {
            long size = body.getLong();
            long modifiedNanos = body.getLong();
            String key = text(body);
            String path = text(body);
            Content content = content(body, size);
            PieceHashes pieces = pieces(body, content);
            return pieces == null
                    ? null
                    : new CacheRecord(
                            path, new FileIdentity(size, modifiedNanos, key), new HashedFile(content, pieces));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The path of a body, from position 0 to the limit; whether the hashes are right is not looked at.
     *
     * @return {@code null} when the checksum is wrong
     */
    static String pathOf(ByteBuffer body, int checksum) {
        if (body.limit() < MIN_BODY_BYTES || checksum(body, 0) != checksum) {
            return null;
        }
        try {
            body.position(2 * Long.BYTES);
            text(body);
            return text(body);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static String text(ByteBuffer body) {
        byte[] text = new byte[Math.min(Short.toUnsignedInt(body.getShort()), body.remaining())];
        body.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Content content(ByteBuffer body, long size) {
        Content content = new Content(Root.read(body.slice(body.position(), Root.BYTES), 0), size);
        body.position(body.position() + Root.BYTES);
        return content;
    }

    private static PieceHashes pieces(ByteBuffer body, Content content) {
        int count = new Geometry(content.size()).pieceCount();
        if (body.remaining() != (count > 1 ? count * Root.BYTES : 0)) {
            return null;
        }
        PieceHashes pieces;
        if (count <= 1) {
            pieces = PieceHashes.ofSinglePiece(content);
        } else {
            byte[] hashes = new byte[body.remaining()];
            body.get(hashes);
            pieces = PieceHashes.owning(hashes);
        }
        return pieces.isOf(content) ? pieces : null;
    }
}
