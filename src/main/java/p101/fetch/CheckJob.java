package p101.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import p101.library.Geometry;
import p101.library.PartialFile;
import p101.library.PieceHasher;
import p101.library.PieceHashes;

/**
 * Hashes what a block brought, on the hashing thread. Filled on the loop thread, run on the hashing thread, then read on the loop
 * thread again, which marks the pieces that are right: two threads that write one file wait for each other.
 */
final class CheckJob implements Runnable {
    /** What is checked against. */
    record Proof(PartialFile file, Geometry geometry, PieceHashes hashes) {}

    private record Part(int piece, int from, int to, boolean begins, boolean ends) {}

    private final Session session;
    private final Block block;
    private final Proof proof;
    private final Runnable whenDone;
    private final List<Part> parts = new ArrayList<>(8);
    private final List<Integer> right = new ArrayList<>(8);
    private final List<Integer> wrong = new ArrayList<>(1);

    /**
     * @param done told when the job is done, on the hashing thread
     */
    CheckJob(Session session, Block block, Proof proof, Consumer<CheckJob> done) {
        this.session = session;
        this.block = block;
        this.proof = proof;
        this.whenDone = () -> done.accept(this);
    }

    /** Adds bytes of a piece, in order; {@code from} and {@code to} are positions in the block. */
    void add(int piece, int from, int to, boolean begins, boolean ends) {
        parts.add(new Part(piece, from, to, begins, ends));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    @Override
    public void run() {
        try {
            for (Part part : parts) {
                check(part, session.hasher);
            }
        } finally {
            whenDone.run();
        }
    }

    private void check(Part part, PieceHasher hasher) {
        if (part.begins) {
            hasher.reset();
        }
        ByteBuffer bytes = block.buffer();
        hasher.update(bytes.limit(part.to).position(part.from));
        if (part.ends) {
            if (hasher.finishPiece(proof.geometry, part.piece).equals(proof.hashes.get(part.piece))) {
                right.add(part.piece);
            } else {
                wrong.add(part.piece);
            }
        }
    }

    /**
     * Marks the pieces that are right in the partial file; one entry in the journal for neighbours. Loop thread.
     *
     * @throws IOException when the disk fails
     */
    void markRight() throws IOException {
        int from = 0;
        for (int to = 1; to <= right.size(); to++) {
            if (to == right.size() || right.get(to) != right.get(to - 1) + 1) {
                proof.file.markVerified(right.get(from), to - from);
                from = to;
            }
        }
    }

    // ---- the result ----

    Session session() {
        return session;
    }

    Block block() {
        return block;
    }

    /** Pieces that were verified. */
    List<Integer> right() {
        return right;
    }

    /** Pieces that did not have their hash. */
    List<Integer> wrong() {
        return wrong;
    }
}
