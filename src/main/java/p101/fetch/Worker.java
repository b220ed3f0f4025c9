package p101.fetch;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** One thread that does one job after the other; it starts with the first. What waits is bounded by {@link BlockPool}. */
final class Worker implements Executor, AutoCloseable {
    private final LinkedBlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();
    private final String name;
    private Thread thread;
    private volatile boolean closed;

    Worker(String name) {
        this.name = name;
    }

    @Override
    public synchronized void execute(Runnable job) {
        if (closed) {
            return;
        }
        jobs.add(job);
        if (thread == null) {
            thread = new Thread(this::work, name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work() {
        while (!closed) {
            try {
                jobs.take().run();
            } catch (InterruptedException e) {
                // Nobody may interrupt this thread: that would close the files it works on. Whoever did is ignored.
                Thread.interrupted();
            }
        }
    }

    /** Ends the thread after the job that it is doing. */
    @Override
    public synchronized void close() {
        closed = true;
        jobs.add(() -> {});
    }
}
