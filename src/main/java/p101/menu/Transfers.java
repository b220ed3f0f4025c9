package p101.menu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import p101.model.FileName;
import p101.model.Shown;

/**
 * The downloads that the menu began. From a pipe the menu waits for each; on a terminal it waits a second, and a longer one
 * goes on behind the next menu with its progress in the status line. The peer's thread only leaves word: writing is done by
 * the menu's thread or a painter of its own, so that a terminal that was stopped does not stop the peer.
 */
final class Transfers {
    /** What a person is glad to wait for; nearly every small file is there by then. */
    static final long FOREGROUND_NANOS = 1_000_000_000L;

    private static final long REPAINT_MILLIS = 250;

    private final Screen screen;
    private final MenuPeer peer;
    private final Consumer<String> later;
    private final long foregroundNanos;
    private final Map<TransferWatch, Runnable> inBackground = new LinkedHashMap<>();

    /**
     * @param later takes lines for which there is no place on the screen now
     * @param foregroundNanos how long a terminal's user is made to wait
     */
    Transfers(Screen screen, MenuPeer peer, Consumer<String> later, long foregroundNanos) {
        this.screen = screen;
        this.peer = peer;
        this.later = later;
        this.foregroundNanos = foregroundNanos;
    }

    /** Downloads a file, and tells how it ends, here or later. Menu thread. */
    void download(FileName file) throws InterruptedException {
        TransferWatch watch = new TransferWatch(Shown.text(file.value()));
        Runnable cancel = peer.download(file, watch);
        long start = System.nanoTime();
        while (!watch.awaitEnd(REPAINT_MILLIS, TimeUnit.MILLISECONDS)) {
            if (!screen.isTerminal()) {
                screen.status(watch.latest());
            } else if (System.nanoTime() - start >= foregroundNanos) {
                moveToBackground(watch, cancel);
                return;
            }
        }
        screen.line(watch.latest());
    }

    private void moveToBackground(TransferWatch watch, Runnable cancel) {
        boolean first;
        synchronized (inBackground) {
            first = inBackground.isEmpty();
            inBackground.put(watch, cancel);
        }
        if (first) {
            Thread painter = new Thread(this::paint, "p101-menu-status");
            painter.setDaemon(true);
            painter.start();
        }
    }

    /** Until no transfer is left. */
    private void paint() {
        while (paintIfSeen()) {
            try {
                Thread.sleep(REPAINT_MILLIS);
            } catch (InterruptedException ending) {
                return;
            }
        }
    }

    private boolean paintIfSeen() {
        try {
            return paintOnce();
        } catch (ScreenClosedException nobodyReads) {
            // The menu's thread learns it at its next line, and quits.
            return false;
        }
    }

    private boolean paintOnce() {
        List<String> ended = new ArrayList<>();
        String running;
        synchronized (inBackground) {
            inBackground.keySet().removeIf(watch -> {
                boolean over = watch.isEnded();
                if (over) {
                    ended.add(watch.latest());
                }
                return over;
            });
            running = summary();
        }
        for (String text : ended) {
            if (!screen.endStatus(text)) {
                later.accept(text);
            }
        }
        if (!running.isEmpty()) {
            screen.status(running);
        }
        return !running.isEmpty();
    }

    /** Places the status line anew, when there is something to tell. Menu thread. */
    void showAgain() {
        String running;
        synchronized (inBackground) {
            running = summary();
        }
        if (!running.isEmpty()) {
            screen.placeStatus(running);
        }
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        for (TransferWatch watch : inBackground.keySet()) {
            text.append(text.length() == 0 ? "" : "; ").append(watch.latest());
        }
        return text.toString();
    }

    /** Ends all of them; what was verified stays for another time. */
    void cancelAll() {
        List<Runnable> cancels;
        synchronized (inBackground) {
            cancels = List.copyOf(inBackground.values());
        }
        cancels.forEach(Runnable::run);
    }
}
