package p101.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;

/** What the tests of this package share: files whose bytes follow from their size, and a second, naive way to the root. */
final class TestFiles {
    private TestFiles() {}

    /** The first bytes of the pattern that testdata/roots describes. */
    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8) * 17 + (i >> 16) * 7);
        }
        return bytes;
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that looks as if it had been left alone for long. */
    static Path writeOld(Path file, byte[] bytes) {
        return age(write(file, bytes), 3_600);
    }

    static Path age(Path file, long seconds) {
        try {
            Instant then = Instant.now().minusSeconds(seconds).plusNanos(file.hashCode() & 0xFFFF);
            return Files.setLastModifiedTime(file, FileTime.from(then));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root as BEP 52 says it, without any of the product's shortcuts: all leaves in a row, padded, folded as a whole. */
    static Root naiveRoot(byte[] bytes) {
        if (bytes.length == 0) {
            return Root.of(sha256().digest());
        }
        int leaves = 1;
        while (leaves * 16_384L < bytes.length) {
            leaves *= 2;
        }
        return Root.of(naiveNode(bytes, 0, leaves));
    }

    static byte[] naiveNode(byte[] bytes, int firstLeaf, int leaves) {
        if (leaves == 1) {
            int from = firstLeaf * 16_384;
            return from >= bytes.length
                    ? new byte[32]
                    : sha256().digest(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 16_384)));
        }
        MessageDigest digest = sha256();
        digest.update(naiveNode(bytes, firstLeaf, leaves / 2));
        digest.update(naiveNode(bytes, firstLeaf + leaves / 2, leaves / 2));
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hashes of a file in memory by the product's own classes. */
    static HashedFile hashed(byte[] bytes) {
        Geometry geometry = new Geometry(bytes.length);
        byte[] hashes = new byte[geometry.pieceCount() * 32];
        PieceHasher hasher = new PieceHasher();
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            hasher.update(slice(bytes, geometry, piece));
            hasher.finishPiece(geometry, piece).write(ByteBuffer.wrap(hashes), piece * 32);
        }
        PieceHashes pieces = PieceHashes.of(hashes);
        return new HashedFile(new Content(pieces.foldedRoot(geometry), bytes.length), pieces);
    }

    static ByteBuffer slice(byte[] bytes, Geometry geometry, int piece) {
        return ByteBuffer.wrap(bytes, (int) geometry.pieceOffset(piece), (int) geometry.pieceLength(piece));
    }

    static PartialFile.Target target(Path path, byte[] bytes) {
        HashedFile hashed = hashed(bytes);
        FileName name = FileName.of(path.getFileName().toString());
        return new PartialFile.Target(path, name, hashed.content(), new Manifest(name, hashed.pieces()), 1_000);
    }

    /** Waits until something holds that other threads bring about. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
