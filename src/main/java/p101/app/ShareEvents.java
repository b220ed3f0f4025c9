package p101.app;

import java.nio.file.Path;
import p101.library.HashProgress;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Shown;
import p101.peer.Ending;
import p101.peer.PeerListener;
import p101.peer.Verdict;

/** What a sharing peer does, as log lines or as JSON on standard output. */
final class ShareEvents implements PeerListener {
    private final Console console;
    private final EventLog log;
    private final boolean json;
    private final String index;
    private boolean answeredBefore;
    private boolean slowTold;
    private boolean silentTold;

    /**
     * @param index its address, for messages
     */
    ShareEvents(Console console, EventLog log, boolean json, String index) {
        this.console = console;
        this.log = log;
        this.json = json;
        this.index = index;
    }

    /** One event: a line of JSON, or a line of the log. */
    private void tell(boolean warning, String text, JsonLine event) {
        if (json) {
            synchronized (this) {
                try {
                    console.out().line(event.toString());
                    console.out().flush();
                } catch (OutputClosedException nobodyReads) {
                    // The sharing goes on all the same.
                }
            }
        } else if (warning) {
            log.warn(text);
        } else {
            log.info(text);
        }
    }

    private static JsonLine event(String name) {
        return new JsonLine().add("event", name);
    }

    void onListening(PeerName name, int port) {
        tell(
                false,
                "sharing as " + Shown.text(name.value()) + " on TCP port " + port + ", index " + index,
                event("listening").add("name", name.value()).add("port", port).add("index", index));
    }

    void onReady(int files) {
        tell(
                false,
                "all is hashed: " + files + (files == 1 ? " file" : " files"),
                event("ready").add("files", files));
    }

    void onEnd(boolean confirmed) {
        tell(
                !confirmed,
                confirmed ? "de-registered; goodbye" : "the index did not confirm; it forgets this peer by itself",
                event("end").add("confirmed", confirmed));
    }

    /** Comes with each try; one line is enough until the index is back. */
    @Override
    public void onIndexSlow() {
        if (!slowTold) {
            tell(
                    true,
                    "the index at " + index + " has not answered yet; still trying",
                    event("index-slow").add("index", index));
        }
        slowTold = true;
    }

    @Override
    public void onIndexSilent() {
        if (!silentTold) {
            tell(
                    true,
                    "the index at " + index + " does not answer: is it running? else check --index; still trying",
                    event("index-silent").add("index", index));
        }
        slowTold = true;
        silentTold = true;
    }

    @Override
    public void onIndexBack() {
        tell(
                false,
                answeredBefore ? "the index answers again" : "the index answers",
                event("index-answers").add("again", answeredBefore));
        answeredBefore = true;
        slowTold = false;
        silentTold = false;
    }

    @Override
    public void onRegistered(FileName file, PeerName as) {
        tell(
                false,
                "registered " + Shown.text(file.value()),
                event("registered").add("name", file.value()).add("peer", as.value()));
    }

    @Override
    public void onDeregistered(FileName file, PeerName as) {
        tell(
                false,
                "de-registered " + Shown.text(file.value()),
                event("deregistered").add("name", file.value()).add("peer", as.value()));
    }

    @Override
    public void onRefused(FileName file, PeerName as, Ending why) {
        String reason = why.verdict() == Verdict.CONFLICT
                ? "another peer shares a file of this name as " + Shown.text(as.value()) + ": choose another --name"
                : why.text().isEmpty() ? why.verdict().toString() : why.text();
        tell(
                true,
                "refused " + Shown.text(file.value()) + ": " + reason,
                event("refused")
                        .add("name", file.value())
                        .add("peer", as.value())
                        .add("reason", reason));
    }

    @Override
    public void onHashing(HashProgress progress) {
        if (progress.bytesDone() < progress.bytesTotal()) {
            console.messages()
                    .progress("hashing " + progress.filesDone() + " of " + progress.filesTotal() + " files  "
                            + progress.bytesDone() * 100 / Math.max(1, progress.bytesTotal()) + "%  "
                            + Texts.size(progress.bytesDone()) + " of " + Texts.size(progress.bytesTotal()));
        } else {
            console.messages().endProgress();
        }
    }

    @Override
    public void onSkipped(Path path, String why) {
        tell(
                true,
                "left out " + Shown.text(path.toString()) + ": it " + Shown.text(why),
                event("skipped").add("path", path.toString()).add("reason", why));
    }

    @Override
    public void onUnread(Path path, String why) {
        tell(
                true,
                "cannot look at " + Shown.text(path.toString()) + " just now (" + Shown.text(why)
                        + "); what is known of it stays shared",
                event("unread").add("path", path.toString()).add("reason", why));
    }
}
