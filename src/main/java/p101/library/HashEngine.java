package p101.library;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Hashes files with a few threads: many small ones side by side, a large one by ranges. The threads are daemons, begin when
 * there is work and end when there has been none for a while. Safe from any thread; nothing here is ever interrupted, as that
 * would close the file for the other threads.
 */
final class HashEngine implements AutoCloseable {
    private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final int threads;
    private final Deque<HashJob> queue = new ArrayDeque<>();
    private int workers;
    private int idle;
    private boolean closed;

    HashEngine(int threads) {
        this.threads = Math.max(1, threads);
    }

    /** Hashes a job in the calling thread alone. */
    static void runHere(HashJob job) {
        PieceHasher hasher = new PieceHasher();
        ByteBuffer buffer = PieceReading.newBuffer();
        for (int first = job.claim(); first >= 0; first = job.claim()) {
            job.run(first, hasher, buffer);
        }
    }

    /** Queues a job; after {@link #close} it fails at once. */
    void submit(HashJob job) {
        boolean accepted;
        synchronized (this) {
            accepted = !closed;
            if (accepted) {
                queue.add(job);
                startWorkers(job.rangeCount());
                notifyAll();
            }
        }
        if (!accepted) {
            job.cancel();
            runHere(job);
        }
    }

    private void startWorkers(int useful) {
        for (int wanted = Math.max(useful, queue.size()) - idle; wanted > 0 && workers < threads; wanted--) {
            workers++;
            Thread thread = new Thread(this::work, "p101-hash-" + workers);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work() {
        PieceHasher hasher = new PieceHasher();
        ByteBuffer buffer = PieceReading.newBuffer();
        for (Claim claim = next(); claim != null; claim = next()) {
            claim.job.run(claim.firstPiece, hasher, buffer);
        }
    }

    private record Claim(HashJob job, int firstPiece) {}

    /** The next range to hash; {@code null} when the thread is to end. */
    private synchronized Claim next() {
        long deadline = 0;
        while (true) {
            for (HashJob job = queue.peek(); job != null; job = queue.peek()) {
                int first = job.claim();
                if (first >= 0) {
                    return new Claim(job, first);
                }
                queue.remove();
            }
            long now = System.nanoTime();
            deadline = deadline == 0 ? now + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS) : deadline;
            if (closed || deadline - now <= 0) {
                workers--;
                return null;
            }
            await(TimeUnit.NANOSECONDS.toMillis(deadline - now) + 1);
        }
    }

    private void await(long millis) {
        idle++;
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts these threads on purpose; going on is right, and the loop looks again.
            Thread.interrupted();
        } finally {
            idle--;
        }
    }

    /** Ends all jobs: those that are not done fail. Returns at once; the threads end by themselves. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queue.forEach(HashJob::cancel);
            notifyAll();
        }
    }
}
