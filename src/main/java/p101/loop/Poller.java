package p101.loop;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The selector of a loop: waiting, waking, and getting over a selector that spins. Loop thread, except {@link #wakeUp}. */
final class Poller {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final EventLoop loop;
    private final SpinWatchdog watchdog = new SpinWatchdog();
    private final KeyAction keyAction = new KeyAction();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Selector selector;

    Poller(EventLoop loop) throws IOException {
        this.loop = loop;
        this.selector = Selector.open();
    }

    SelectionKey register(SelectableChannel channel, int operations, KeyOwner owner) throws IOException {
        try {
            return channel.register(selector, operations, owner);
        } catch (ClosedSelectorException e) {
            throw new IOException("the event loop is closed", e);
        }
    }

    /** Ends a select that waits, or the next one that would; any thread. One system call however many ask. */
    void wakeUp() {
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /**
     * Serves the keys that are ready.
     *
     * @param waitNanos how long to wait for one at most; 0 or less = not at all
     * @return how many were ready
     */
    int select(long waitNanos) {
        boolean interrupted = clearInterrupt();
        try {
            if (waitNanos <= 0) {
                return selector.selectNow(keyAction);
            }
            long millis = (waitNanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            // The watchdog judges the system, so it measures with the system's clock, not with one that a test moves.
            long beganNanos = System.nanoTime();
            int ready = selector.select(keyAction, millis);
            long tookNanos = System.nanoTime() - beganNanos;
            interrupted |= clearInterrupt();
            watch(ready, interrupted, waitNanos, tookNanos);
            return ready;
        } catch (IOException e) {
            loop.report(e);
            rebuild();
            return 0;
        } finally {
            // After this the loop looks at its tasks again before it waits, so no waking is lost.
            woken.set(false);
        }
    }

    /** A flag left set would make every select return at once, and every read close its channel. */
    private boolean clearInterrupt() {
        if (!Thread.interrupted()) {
            return false;
        }
        loop.tally.count(LoopCounter.INTERRUPTS);
        return true;
    }

    private void watch(int ready, boolean interrupted, long askedNanos, long tookNanos) {
        boolean wokenUp = interrupted || woken.get() || loop.hasTasks();
        if (watchdog.isPremature(ready, wokenUp, askedNanos, tookNanos)) {
            loop.tally.count(LoopCounter.PREMATURE_SELECTS);
            if (watchdog.wantsRebuild()) {
                rebuild();
            }
        }
    }

    /** Moves every channel to a new selector. */
    void rebuild() {
        Selector old = selector;
        Selector fresh;
        try {
            fresh = Selector.open();
        } catch (IOException e) {
            loop.report(e);
            return;
        }
        for (SelectionKey key : old.keys()) {
            KeyOwner owner = (KeyOwner) key.attachment();
            try {
                if (key.isValid()) {
                    int operations = key.interestOps();
                    key.cancel();
                    owner.rebind(key.channel().register(fresh, operations, owner));
                }
            } catch (IOException | RuntimeException e) {
                loop.report(e);
                owner.onFailure();
            }
        }
        selector = fresh;
        closeSelector(old);
        loop.tally.count(LoopCounter.SELECTOR_REBUILDS);
    }

    /** Tells every owner of a channel that the loop closes. */
    void closeAll() {
        for (SelectionKey key : selector.keys()) {
            ((KeyOwner) key.attachment()).onLoopClosed();
        }
    }

    /** Closes the selector, and with it what the closed channels still held. */
    void close() {
        closeSelector(selector);
    }

    private void closeSelector(Selector old) {
        try {
            old.close();
        } catch (IOException e) {
            loop.report(e);
        }
    }

    /** Serves one key; a failure costs that key's owner alone. */
    private final class KeyAction implements Consumer<SelectionKey> {
        @Override
        public void accept(SelectionKey key) {
            KeyOwner owner = (KeyOwner) key.attachment();
            try {
                if (key.isValid()) {
                    owner.onReady(key);
                }
            } catch (Throwable failure) {
                loop.report(failure);
                owner.onFailure();
            }
        }
    }
}
