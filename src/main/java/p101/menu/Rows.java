package p101.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import p101.model.Shown;
import p101.peer.ListedRow;

/**
 * Rows of the index's list, gathered on the peer's thread and shown on the menu's: a reader who is slow must not hold up the
 * peer. What no person reads through is counted only.
 */
final class Rows implements Consumer<ListedRow> {
    private static final int MAX_SHOWN = 5_000;

    private final List<ListedRow> rows = new ArrayList<>();
    private long count;

    @Override
    public synchronized void accept(ListedRow row) {
        if (row.isReceiver()) {
            // Nothing to download: entry W finds who receives.
            return;
        }
        count++;
        if (rows.size() < MAX_SHOWN) {
            rows.add(row);
        }
    }

    synchronized boolean isEmpty() {
        return count == 0;
    }

    synchronized void show(MenuSession session, boolean withSizes) {
        for (ListedRow row : rows) {
            session.say("User: " + Shown.text(row.peer().value()) + " file: "
                    + Shown.text(row.file().value()) + (withSizes ? " (" + row.size() + " bytes)" : ""));
        }
        if (count > rows.size()) {
            session.say((count - rows.size()) + " more are not shown; search for a part of the name");
        }
    }
}
