package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Hashes pieces of a partial file again that an earlier run claimed to have verified, with all cores when it is worth it. */
final class Recheck {
    private static final long BYTES_FOR_A_THREAD = 16L << 20;

    private final FileChannel file;
    private final Geometry geometry;
    private final PieceHashes hashes;
    private final int[] claimed;
    private final PieceSet verified;
    private final LongConsumer recheckedBytes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile IOException failure;

    private Recheck(
            FileChannel file, Geometry geometry, PieceHashes hashes, BitSet claimed, LongConsumer recheckedBytes) {
        this.file = file;
        this.geometry = geometry;
        this.hashes = hashes;
        this.claimed = claimed.stream().toArray();
        this.verified = PieceSet.empty(geometry.pieceCount());
        this.recheckedBytes = recheckedBytes;
    }

    /** The claimed pieces whose bytes have the right hash. */
    static PieceSet run(
            FileChannel file, Geometry geometry, PieceHashes hashes, BitSet claimed, LongConsumer recheckedBytes)
            throws IOException {
        Recheck recheck = new Recheck(file, geometry, hashes, claimed, recheckedBytes);
        long work = (long) recheck.claimed.length * geometry.pieceBytes();
        int threads = (int) Math.min(Runtime.getRuntime().availableProcessors(), work / BYTES_FOR_A_THREAD);
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread helper = new Thread(recheck::work, "p101-recheck-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        recheck.work();
        for (Thread helper : helpers) {
            join(helper);
        }
        if (recheck.failure != null) {
            throw recheck.failure;
        }
        return recheck.verified;
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                // The helpers must end before the file may be closed; the interrupt is passed on afterwards.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        PieceHasher hasher = new PieceHasher();
        ByteBuffer buffer = PieceReading.newBuffer();
        try {
            for (int i = next.getAndIncrement(); i < claimed.length && failure == null; i = next.getAndIncrement()) {
                check(claimed[i], hasher, buffer);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void check(int piece, PieceHasher hasher, ByteBuffer buffer) throws IOException {
        var found = PieceReading.hash(file, geometry, piece, hasher, buffer, this::count);
        if (found.equals(hashes.get(piece))) {
            verified.add(piece);
        }
    }

    private void count(int portion) {
        recheckedBytes.accept(bytes.addAndGet(portion));
    }
}
