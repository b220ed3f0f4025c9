package p101.app;

import p101.loop.EventLoop;

/** Says what is typed, and knows when that was all. Loop thread, except {@link #isOver}. */
final class OverlayTyping implements OverlayInput.Speaker {
    private static final long LOOK_NANOS = 50_000_000;

    private final OverlayRunning running;
    private final boolean once;
    private final EventLoop loop;
    private final OverlayPrinter printer;
    private volatile boolean over;

    OverlayTyping(OverlayRunning running, boolean once, EventLoop loop, OverlayPrinter printer) {
        this.running = running;
        this.once = once;
        this.loop = loop;
        this.printer = printer;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public boolean isBusy() {
        return running.isBusy();
    }

    @Override
    public void say(String text) {
        running.say(text);
    }

    @Override
    public void endOfInput() {
        printer.endOfInput();
        if (once) {
            endWhenSent();
        }
    }

    private void endWhenSent() {
        if (running.isUnsent()) {
            loop.schedule(LOOK_NANOS, this::endWhenSent);
        } else {
            over = true;
        }
    }
}
