package p101.library;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Events on their way to the listener: put in under the library's lock, delivered without it, in order, by one thread at a
 * time. A listener may therefore call the library, and take locks of its own.
 */
final class LibraryEvents {
    private final LibraryListener listener;
    private final Queue<Consumer<LibraryListener>> waiting = new ArrayDeque<>();
    private boolean delivering;

    LibraryEvents(LibraryListener listener) {
        this.listener = listener;
    }

    synchronized void add(Consumer<LibraryListener> event) {
        waiting.add(event);
    }

    /** Delivers what waits, unless another thread, or a caller further up, is just doing that. */
    void deliver() {
        for (Consumer<LibraryListener> event = first(); event != null; event = next()) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    private synchronized Consumer<LibraryListener> first() {
        if (delivering || waiting.isEmpty()) {
            return null;
        }
        delivering = true;
        return waiting.remove();
    }

    private synchronized Consumer<LibraryListener> next() {
        Consumer<LibraryListener> event = waiting.poll();
        delivering = event != null;
        return event;
    }
}
