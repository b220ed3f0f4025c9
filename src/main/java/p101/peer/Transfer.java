package p101.peer;

import p101.fetch.Download;
import p101.loop.EventLoop;

/** A download that a peer runs. Any thread. */
public final class Transfer {
    private final EventLoop loop;
    private Download download;
    private boolean cancelled;
    private boolean ended;

    Transfer(EventLoop loop) {
        this.loop = loop;
    }

    /** Ends it; what was verified stays for another time. Its listener is told. */
    public void cancel() {
        loop.execute(this::cancelNow);
    }

    // The rest runs on the loop.

    void began(Download begun) {
        download = begun;
        if (cancelled) {
            cancelNow();
        }
    }

    void onEnded() {
        ended = true;
    }

    void cancelNow() {
        cancelled = true;
        if (download != null && !ended) {
            ended = true;
            download.cancel();
        }
    }
}
