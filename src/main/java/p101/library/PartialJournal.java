package p101.library;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;
import p101.model.Content;
import p101.model.Root;

/**
 * What a partial file says about itself, in a trailer right behind the content, so that content and journal cannot be parted
 * and one lock guards both. It vanishes when the finished file is cut to its size.
 *
 * <pre>
 *    0:8   "p101part"
 *    8:2   version 1 | 10:2 zero
 *   12:4   pieces
 *   16:8   size of the content
 *   24:32  root
 *   56:36  boot id, ASCII, zero-padded
 *   92:8   hash of the file's key (device and inode): a copy of the file is not the file
 *  100:4   CRC-32C of bytes 0 to 99
 *  104:8   when this file was last changed, as we noted it: nanoseconds since 1970
 *  112:16  zero
 *  128:n   a byte for each piece: 0 missing, 1 verified; written after the piece's content
 * </pre>
 *
 * <p>Each change of a piece is one byte, so that a killed process leaves nothing half said. Immutable.
 */
record PartialJournal(Content content, String bootId, String fileKey) {
    static final int HEADER_BYTES = 128;
    static final byte VERIFIED = 1;

    private static final long MAGIC = 0x7031_3031_7061_7274L;
    private static final short VERSION = 1;
    private static final int BOOT_ID_OFFSET = 56;
    private static final int KEY_OFFSET = 92;
    private static final int CHECKSUM_OFFSET = 100;
    private static final int NOTED_OFFSET = 104;

    /** How much of a journal may be believed. */
    enum Trust {
        /** The claimed pieces are verified. */
        FULL,
        /** The claimed pieces were verified once: hash them again. */
        HINT,
        /** This says nothing: any piece may be there or not. */
        NONE
    }

    /**
     * What a journal claims.
     *
     * @param trust how much to believe
     * @param pieces the claimed pieces; empty without trust
     */
    record Claim(Trust trust, BitSet pieces) {}

    static long length(Geometry geometry) {
        return HEADER_BYTES + geometry.pieceCount();
    }

    /** Where the byte of a piece lies in the file. */
    long pieceOffset(int piece) {
        return content.size() + HEADER_BYTES + piece;
    }

    /** Where the time of the last change lies in the file; the checksum leaves it out, so that it is written alone. */
    long notedOffset() {
        return content.size() + NOTED_OFFSET;
    }

    /** The time of the last change that a sound trailer holds: nanoseconds since 1970, 0 = none was noted. */
    static long notedNanos(ByteBuffer trailer) {
        return trailer.getLong(NOTED_OFFSET);
    }

    /** The whole trailer with these pieces claimed, and no time noted. */
    ByteBuffer encode(PieceSet pieces) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + pieces.pieceCount());
        putHeader(bytes);
        for (int piece = pieces.nextHeld(0); piece < pieces.pieceCount(); piece = pieces.nextHeld(piece + 1)) {
            bytes.put(HEADER_BYTES + piece, VERIFIED);
        }
        return bytes;
    }

    private void putHeader(ByteBuffer bytes) {
        bytes.putLong(0, MAGIC);
        bytes.putShort(8, VERSION);
        bytes.putInt(12, new Geometry(content.size()).pieceCount());
        bytes.putLong(16, content.size());
        content.root().write(bytes, 24);
        bytes.put(BOOT_ID_OFFSET, bootId.getBytes(StandardCharsets.US_ASCII));
        bytes.putLong(KEY_OFFSET, keyHash());
        bytes.putInt(CHECKSUM_OFFSET, checksum(bytes));
    }

    private long keyHash() {
        return ByteBuffer.wrap(Merkle.sha256().digest(fileKey.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CHECKSUM_OFFSET));
        return (int) crc.getValue();
    }

    /** Judges a trailer that an earlier run left, from position 0 to the limit. Any bytes will do. */
    Claim judge(ByteBuffer bytes) {
        int pieceCount = new Geometry(content.size()).pieceCount();
        Claim nothing = new Claim(Trust.NONE, new BitSet());
        if (bytes.limit() != HEADER_BYTES + pieceCount || !isSound(bytes, pieceCount)) {
            return nothing;
        }
        BitSet claimed = new BitSet(pieceCount);
        for (int piece = 0; piece < pieceCount; piece++) {
            byte mark = bytes.get(HEADER_BYTES + piece);
            if (mark != 0 && mark != VERIFIED) {
                return nothing;
            }
            claimed.set(piece, mark == VERIFIED);
        }
        return new Claim(isOfThisRun(bytes) ? Trust.FULL : Trust.HINT, claimed);
    }

    private boolean isSound(ByteBuffer bytes, int pieceCount) {
        return bytes.getLong(0) == MAGIC
                && bytes.getShort(8) == VERSION
                && bytes.getInt(12) == pieceCount
                && bytes.getLong(16) == content.size()
                && Root.read(bytes, 24).equals(content.root())
                && bytes.getInt(CHECKSUM_OFFSET) == checksum(bytes);
    }

    /** Whether the machine has not been restarted since, and the file is the one that the journal was written in. */
    private boolean isOfThisRun(ByteBuffer bytes) {
        byte[] said = new byte[BootId.MAX_BYTES];
        bytes.get(BOOT_ID_OFFSET, said);
        return !bootId.isEmpty()
                && !fileKey.isEmpty()
                && new String(said, StandardCharsets.US_ASCII)
                        .strip()
                        .replace("\0", "")
                        .equals(bootId)
                && bytes.getLong(KEY_OFFSET) == keyHash();
    }
}
