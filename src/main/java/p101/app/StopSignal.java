package p101.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * The wish that the process ends: SIGINT or SIGTERM in a real process, a call in a test. What was registered last is undone
 * first. Any thread.
 */
final class StopSignal {
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Fires when the JVM shuts down; the JVM then ends with 130 or 143 by itself. */
    static StopSignal ofProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::fire, "p101-stop"));
        return signal;
    }

    /** Has this done before the process ends; when it is ending already, at once. Close the handle when it is done otherwise. */
    Handle onStop(Runnable ending) {
        synchronized (endings) {
            if (!isFired()) {
                endings.push(ending);
                return () -> remove(ending);
            }
        }
        ending.run();
        return () -> {};
    }

    private void remove(Runnable ending) {
        synchronized (endings) {
            endings.remove(ending);
        }
    }

    /** Runs all endings, the last one first; then {@link #await} returns. */
    void fire() {
        while (true) {
            Runnable ending;
            synchronized (endings) {
                ending = endings.poll();
                if (ending == null) {
                    stopped.countDown();
                    return;
                }
            }
            ending.run();
        }
    }

    boolean isFired() {
        return stopped.getCount() == 0;
    }

    /** Waits until the process is asked to end. */
    void await() throws InterruptedException {
        stopped.await();
    }

    /** Takes an ending back. */
    @FunctionalInterface
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
