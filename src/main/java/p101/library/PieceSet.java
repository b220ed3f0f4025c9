package p101.library;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which pieces of a file are held: a bitmap that only grows. Safe from any thread; a reader that sees a piece also sees
 * everything that its writer did before {@link #add}.
 */
public final class PieceSet {
    private final int pieceCount;

    /** Piece {@code i} is bit {@code i % 64} of word {@code i / 64}; {@code null} when all are held from the start. */
    private final AtomicLongArray words;

    private final AtomicInteger held;

    private PieceSet(int pieceCount, AtomicLongArray words, int held) {
        this.pieceCount = pieceCount;
        this.words = words;
        this.held = new AtomicInteger(held);
    }

    /** No piece of a file of so many. */
    public static PieceSet empty(int pieceCount) {
        return new PieceSet(checked(pieceCount), new AtomicLongArray((pieceCount + 63) / 64), 0);
    }

    /** Every piece of a file of so many. */
    public static PieceSet complete(int pieceCount) {
        return new PieceSet(checked(pieceCount), null, pieceCount);
    }

    /**
     * Reads what {@link #toHaveBytes} wrote, from the buffer's position to its limit.
     *
     * @throws InvalidHaveException when the length is not that of so many pieces, or a bit beyond the last piece is set
     */
    public static PieceSet fromHave(ByteBuffer have, int pieceCount) throws InvalidHaveException {
        if (have.remaining() != haveLength(pieceCount)) {
            throw new InvalidHaveException("a piece map of " + pieceCount + " pieces has " + haveLength(pieceCount)
                    + " bytes, not " + have.remaining());
        }
        PieceSet pieces = empty(pieceCount);
        for (int i = 0; have.hasRemaining(); i += Byte.SIZE) {
            pieces.addByte(i, have.get());
        }
        return pieces;
    }

    private static int checked(int pieceCount) {
        if (pieceCount < 0 || pieceCount > Geometry.MAX_PIECES) {
            throw new IllegalArgumentException("a file has 0 to " + Geometry.MAX_PIECES + " pieces, not " + pieceCount);
        }
        return pieceCount;
    }

    private void addByte(int first, byte bits) throws InvalidHaveException {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            if ((bits & 0x80 >> bit) != 0) {
                if (first + bit >= pieceCount) {
                    throw new InvalidHaveException("a piece map of " + pieceCount + " pieces names a further one");
                }
                add(first + bit);
            }
        }
    }

    /** Bytes of the piece map of so many pieces. */
    public static int haveLength(int pieceCount) {
        return (checked(pieceCount) + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Pieces of the file, held or not. */
    public int pieceCount() {
        return pieceCount;
    }

    /**
     * @throws IndexOutOfBoundsException when the file has no such piece
     */
    public boolean has(int piece) {
        checkIndex(piece);
        return words == null || (words.get(piece >> 6) & 1L << piece) != 0;
    }

    /**
     * Adds a piece.
     *
     * @return whether it was missing
     * @throws IndexOutOfBoundsException when the file has no such piece
     */
    public boolean add(int piece) {
        checkIndex(piece);
        if (words == null) {
            return false;
        }
        long bit = 1L << piece;
        boolean added = (words.getAndAccumulate(piece >> 6, bit, (a, b) -> a | b) & bit) == 0;
        if (added) {
            held.incrementAndGet();
        }
        return added;
    }

    private void checkIndex(int piece) {
        if (piece < 0 || piece >= pieceCount) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + pieceCount);
        }
    }

    /** Pieces held. */
    public int count() {
        return held.get();
    }

    public boolean isComplete() {
        return count() == pieceCount;
    }

    /** The first piece from {@code piece} on that is missing; {@link #pieceCount()} when all from there on are held. */
    public int nextMissing(int piece) {
        return words == null ? pieceCount : scan(piece, -1L);
    }

    /** The first piece from {@code piece} on that is held; {@link #pieceCount()} when none is. */
    public int nextHeld(int piece) {
        return words == null ? Math.min(Math.max(piece, 0), pieceCount) : scan(piece, 0);
    }

    /** The first piece from {@code piece} on whose bit is set once all were flipped with {@code flip}; word by word. */
    private int scan(int piece, long flip) {
        int from = Math.min(Math.max(piece, 0), pieceCount);
        for (int word = from >> 6; word < words.length(); word++) {
            long bits = words.get(word) ^ flip;
            if (word == from >> 6) {
                bits &= -1L << from;
            }
            if (bits != 0) {
                return Math.min(pieceCount, (word << 6) + Long.numberOfTrailingZeros(bits));
            }
        }
        return pieceCount;
    }

    /** One bit a piece, the most significant first; bits beyond the last piece are 0 (spec/PDU.md, section 4.7). */
    public byte[] toHaveBytes() {
        byte[] have = new byte[haveLength(pieceCount)];
        for (int piece = 0; piece < pieceCount; piece++) {
            if (has(piece)) {
                have[piece / Byte.SIZE] |= (byte) (0x80 >> piece % Byte.SIZE);
            }
        }
        return have;
    }

    @Override
    public String toString() {
        return count() + " of " + pieceCount + " pieces";
    }
}
