package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import p101.model.Content;
import p101.model.Root;

/**
 * One file to hash. Its pieces are cut into ranges, which several threads may hash at the same time; the thread that ends the
 * last range tells the outcome.
 */
final class HashJob {
    /** Bytes that one thread hashes before it looks for other work: long enough to read well, short enough to share. */
    static final long RANGE_BYTES = 8L << 20;

    /** The file to read, and the check that it stayed the same. */
    interface Source {
        FileChannel open() throws IOException;

        /**
         * @throws FileChangedException when what was read is not surely the file's content
         */
        void confirm() throws IOException;
    }

    /** What comes of it: exactly one call. */
    interface Outcome {
        void onHashed(HashedFile hashed);

        void onFailed(IOException why);

        /** More bytes are hashed; from any thread. */
        default void onBytes(long bytes) {}
    }

    private final Geometry geometry;
    private final Source source;
    private final Outcome outcome;
    private final int piecesPerRange;
    private final byte[] hashes;
    private final AtomicInteger openRanges;
    private int nextPiece;
    private FileChannel channel;
    private volatile IOException failure;

    HashJob(long size, Source source, Outcome outcome) {
        this.geometry = new Geometry(size);
        this.source = source;
        this.outcome = outcome;
        this.piecesPerRange = (int) Math.max(1, RANGE_BYTES / geometry.pieceBytes());
        this.hashes = new byte[geometry.pieceCount() * Root.BYTES];
        this.openRanges = new AtomicInteger(rangeCount());
    }

    /** At least 1: an empty file is opened and confirmed too. */
    int rangeCount() {
        return Math.max(1, (geometry.pieceCount() + piecesPerRange - 1) / piecesPerRange);
    }

    long size() {
        return geometry.size();
    }

    /** Takes the next range: its first piece, or -1 when all are taken. The caller guards it against other threads. */
    int claim() {
        if (nextPiece > 0 && nextPiece >= geometry.pieceCount()) {
            return -1;
        }
        int first = nextPiece;
        nextPiece += piecesPerRange;
        return first;
    }

    /** Hashes a claimed range, and ends the job when it was the last. */
    void run(int firstPiece, PieceHasher hasher, ByteBuffer buffer) {
        if (failure == null) {
            try {
                hashRange(firstPiece, hasher, buffer);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = new IOException("hashing failed: " + e, e);
            }
        }
        if (openRanges.decrementAndGet() == 0) {
            finish();
        }
    }

    /** Makes the ranges that are not done yet fail without reading. */
    void cancel() {
        failure = new IOException("hashing was ended");
    }

    private void hashRange(int firstPiece, PieceHasher hasher, ByteBuffer buffer) throws IOException {
        FileChannel file = channel();
        int end = Math.min(geometry.pieceCount(), firstPiece + piecesPerRange);
        for (int piece = firstPiece; piece < end && failure == null; piece++) {
            PieceReading.hash(file, geometry, piece, hasher, buffer, outcome::onBytes)
                    .write(ByteBuffer.wrap(hashes), piece * Root.BYTES);
        }
    }

    private synchronized FileChannel channel() throws IOException {
        if (channel == null) {
            channel = source.open();
        }
        return channel;
    }

    private void finish() {
        HashedFile hashed = null;
        try {
            close();
            if (failure == null) {
                source.confirm();
                PieceHashes pieces = PieceHashes.owning(hashes);
                hashed = new HashedFile(new Content(pieces.foldedRoot(geometry), geometry.size()), pieces);
            }
        } catch (IOException e) {
            failure = e;
        }
        if (hashed == null) {
            outcome.onFailed(failure);
        } else {
            outcome.onHashed(hashed);
        }
    }

    private synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
