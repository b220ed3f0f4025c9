package p101.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import p101.model.Endpoint;
import p101.model.Shown;
import p101.overlay.OverlayListener;
import p101.overlay.TreeChange;
import p101.overlay.TreeRow;

/**
 * What a root or node has to tell, as lines of text or of JSON. The loop's thread puts them into a bounded queue, so that an
 * output that nobody reads never stops it; one other thread prints them.
 */
final class OverlayPrinter implements OverlayListener {
    private static final int MAX_WAITING = 8_192;
    private static final int MAX_LINES_OF_A_MESSAGE = 64;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final boolean json;
    private boolean treeChanged;

    OverlayPrinter(boolean json) {
        this.json = json;
    }

    @Override
    public void heard(Endpoint from, String text) {
        if (json) {
            put(event("heard").add("from", from.toString()).add("text", text));
            return;
        }
        text.lines()
                .limit(MAX_LINES_OF_A_MESSAGE)
                .forEach(line -> put(Shown.text(from.toString()) + "> " + Shown.text(line)));
    }

    @Override
    public void changed(TreeChange change) {
        treeChanged = true;
        if (json) {
            put(event(name(change.kind()))
                    .add("node", change.node().toString())
                    .add(
                            "parent",
                            change.other() == null ? null : change.other().toString()));
        } else {
            put(words(change));
        }
    }

    private static String name(TreeChange.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(TreeChange change) {
        String node = change.node().toString();
        return switch (change.kind()) {
            case REGISTERED -> "+ " + node + " is registered";
            case PLACED -> "+ " + node + " is given the parent " + change.other();
            case CHILD_JOINED -> "+ " + node + " is our child";
            case CHILD_LEFT -> "- " + node + " is our child no more";
            case PARENT_FOUND -> "+ our parent is " + change.other();
            case PARENT_LOST -> "- our parent " + change.other() + " is lost; asking for another";
            case DIED -> "- " + node + " is silent";
            case REVIVED -> "+ " + node + " is back";
            case NO_PLACE -> "- " + node + " finds no place in the tree";
        };
    }

    /** Where it listens; on all addresses, the port alone tells. */
    void listening(String role, Endpoint local) {
        boolean everywhere = local.address().isAnyLocalAddress();
        if (json) {
            put(event("listening")
                    .add("role", role)
                    .add("address", everywhere ? null : local.toString())
                    .add("port", local.port()));
        } else {
            put("p101 overlay " + role + " listening on TCP " + (everywhere ? "port " + local.port() : local));
        }
    }

    void endOfInput() {
        if (json) {
            put(event("end-of-input"));
        }
    }

    /** Whether the tree has changed since the last call. Loop thread. */
    boolean takeChanged() {
        boolean changed = treeChanged;
        treeChanged = false;
        return changed;
    }

    /** The whole tree as the root sees it. */
    void tree(List<TreeRow> rows) {
        if (json) {
            List<JsonLine> nodes = new ArrayList<>();
            for (TreeRow row : rows) {
                nodes.add(new JsonLine()
                        .add("node", row.node().toString())
                        .add(
                                "parent",
                                row.parent() == null ? null : row.parent().toString())
                        .add("depth", row.depth())
                        .add("live", row.live()));
            }
            put(event("tree").add("nodes", nodes));
            return;
        }
        Map<Endpoint, List<TreeRow>> byParent = new HashMap<>();
        for (TreeRow row : rows) {
            if (row.live()) {
                byParent.computeIfAbsent(row.parent(), absent -> new ArrayList<>())
                        .add(row);
            }
        }
        long live = rows.stream().filter(TreeRow::live).count();
        put("tree: the root and " + live + (live == 1 ? " node" : " nodes"));
        branch(byParent, null, "  ");
    }

    private void branch(Map<Endpoint, List<TreeRow>> byParent, Endpoint parent, String indent) {
        for (TreeRow row : byParent.getOrDefault(parent, List.of())) {
            put(indent + row.node());
            branch(byParent, row.node(), indent + "  ");
        }
    }

    private static JsonLine event(String name) {
        return new JsonLine().add("event", name);
    }

    /** What finds no room is not shown: the output is not read. */
    private void put(Object line) {
        waiting.offer(line.toString());
    }

    /** Prints what waits, for so long at most when there is nothing. */
    void printSome(Output out, long waitMillis) throws InterruptedException {
        String line = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (line != null) {
            while (line != null) {
                out.line(line);
                line = waiting.poll();
            }
            out.flush();
        }
    }
}
