package p101.fetch;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Threads that do one job after the other; each starts when a job finds no idle one. With one thread the jobs are done in their
 * order. What waits is bounded by {@link BlockPool} and by the number of downloads.
 */
final class Worker implements Executor, AutoCloseable {
    private final String name;
    private final int mostThreads;
    private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
    private int threads;

    /** Threads that are not at a job, the ones that are only just starting included. */
    private int idle;

    private boolean closed;

    Worker(String name, int mostThreads) {
        this.name = name;
        this.mostThreads = mostThreads;
    }

    @Override
    public synchronized void execute(Runnable job) {
        if (closed) {
            return;
        }
        jobs.add(job);
        if (jobs.size() > idle && threads < mostThreads) {
            threads++;
            idle++;
            Thread thread = new Thread(this::work, threads == 1 ? name : name + "-" + threads);
            thread.setDaemon(true);
            thread.start();
        }
        notify();
    }

    private void work() {
        for (Runnable job = next(); job != null; job = next()) {
            job.run();
            isIdle();
        }
    }

    private synchronized void isIdle() {
        idle++;
    }

    /** The next job, waited for; {@code null} when there will be none. */
    private synchronized Runnable next() {
        while (jobs.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException ignored) {
                // Nobody may interrupt this thread: that would close the files it works on.
            }
        }
        idle--;
        return closed ? null : jobs.poll();
    }

    /** Ends each thread after the job that it is doing. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
