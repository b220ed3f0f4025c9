package p101.library;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import p101.model.Content;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.Labels;
import p101.model.Root;

/**
 * What a source tells about a file beyond its row: the full name and the hashes of the pieces (spec/PDU.md, section 4.6).
 *
 * <pre>
 *   0:1    flags: bit 0 = piece hashes follow (exactly when there is more than one piece); the other bits are 0
 *   1:2    bytes of the name
 *   3:n    the full name, UTF-8
 *   3+n    32 bytes for each piece
 * </pre>
 *
 * @param name the full name
 * @param pieces the hashes of the pieces
 */
public record Manifest(FileName name, PieceHashes pieces) {
    private static final int FLAG_HASHES = 1;
    private static final int NAME_OFFSET = 3;

    /** Bytes of the longest manifest. */
    public static final int MAX_BYTES = NAME_OFFSET + FileName.MAX_BYTES + Geometry.MAX_PIECES * Root.BYTES;

    /**
     * Most bytes that the manifest of a file of this size can have: what a downloader allows before it makes room.
     *
     * @param size bytes of the file
     */
    public static int maxLength(long size) {
        return NAME_OFFSET + FileName.MAX_BYTES + hashBytes(new Geometry(size));
    }

    private static int hashBytes(Geometry geometry) {
        int count = geometry.pieceCount();
        return count > 1 ? count * Root.BYTES : 0;
    }

    /**
     * This manifest for whoever asked for the file under a name. The name in a manifest proves nothing: one that has nothing to do with
     * what was asked for is not believed, and the name that was asked for takes its place.
     *
     * @param asked full name or label; {@link FileName#NONE} = no name was asked for
     */
    public Manifest askedForAs(FileName asked) {
        return asked.isNone() || Labels.goTogether(asked, name) ? this : new Manifest(asked, pieces);
    }

    /** Bytes of the encoded form. */
    public int encodedLength() {
        return NAME_OFFSET + name.utf8Length() + (hasHashes() ? pieces.count() * Root.BYTES : 0);
    }

    private boolean hasHashes() {
        return pieces.count() > 1;
    }

    /** The encoded form, from position 0 to the limit of a new buffer. */
    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(encodedLength());
        byte[] text = name.value().getBytes(StandardCharsets.UTF_8);
        bytes.put((byte) (hasHashes() ? FLAG_HASHES : 0))
                .putShort((short) text.length)
                .put(text);
        if (hasHashes()) {
            pieces.putTo(bytes);
        }
        return bytes.flip();
    }

    /**
     * Reads a manifest that claims to belong to {@code content}, from the buffer's position to its limit. Nothing is made of
     * it before its length is right, and nothing is returned whose hashes do not fold to the root.
     *
     * @throws InvalidManifestException when a length is wrong, the name breaks a rule, or the hashes are of another content
     */
    public static Manifest decode(ByteBuffer bytes, Content content) throws InvalidManifestException {
        Geometry geometry = new Geometry(content.size());
        int hashBytes = hashBytes(geometry);
        if (bytes.remaining() < NAME_OFFSET) {
            throw new InvalidManifestException("a manifest of " + bytes.remaining() + " bytes");
        }
        int flags = Byte.toUnsignedInt(bytes.get());
        int nameLength = Short.toUnsignedInt(bytes.getShort());
        if (flags != (hashBytes > 0 ? FLAG_HASHES : 0)) {
            throw new InvalidManifestException(
                    "a manifest with flags " + flags + " for " + geometry.pieceCount() + " pieces");
        }
        if (nameLength < 1 || nameLength > FileName.MAX_BYTES) {
            throw new InvalidManifestException("a manifest with a name of " + nameLength + " bytes");
        }
        if (bytes.remaining() != nameLength + hashBytes) {
            throw new InvalidManifestException("a manifest that goes on with " + bytes.remaining()
                    + " bytes instead of " + (nameLength + hashBytes));
        }
        FileName name = readName(bytes, nameLength);
        return new Manifest(name, readHashes(bytes, content, hashBytes));
    }

    private static FileName readName(ByteBuffer bytes, int length) throws InvalidManifestException {
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return FileName.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(text)
                    .toString());
        } catch (CharacterCodingException e) {
            throw new InvalidManifestException("a manifest whose name is not UTF-8", e);
        } catch (InvalidNameException e) {
            throw new InvalidManifestException("a manifest with a refused name: " + e.getMessage(), e);
        }
    }

    private static PieceHashes readHashes(ByteBuffer bytes, Content content, int hashBytes)
            throws InvalidManifestException {
        PieceHashes pieces;
        if (hashBytes == 0) {
            pieces = PieceHashes.ofSinglePiece(content);
        } else {
            byte[] hashes = new byte[hashBytes];
            bytes.get(hashes);
            pieces = PieceHashes.owning(hashes);
        }
        if (!pieces.isOf(content)) {
            throw new InvalidManifestException("a manifest whose hashes do not fold to the root");
        }
        return pieces;
    }
}
