package p101.p2pci;

import p101.fetch.DropReason;
import p101.fetch.Source;
import p101.fetch.SourceEvents;
import p101.loop.EventLoop;

/** A program that could not deliver: says so as soon as it is asked. Loop thread. */
final class LostSource implements Source {
    private final EventLoop loop;
    private final String detail;
    private final SourceEvents events;
    private boolean closed;

    /**
     * @param detail why not; safe to print
     */
    LostSource(EventLoop loop, String detail, SourceEvents events) {
        this.loop = loop;
        this.detail = detail;
        this.events = events;
    }

    @Override
    public void open() {
        loop.execute(() -> {
            if (!closed) {
                closed = true;
                events.onLost(DropReason.UNSUPPORTED, detail);
            }
        });
    }

    @Override
    public void requestManifest() {}

    @Override
    public void requestHave() {}

    @Override
    public void requestContent(long offset, long length) {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void flush() {}

    @Override
    public void close() {
        closed = true;
    }
}
