package p101.app;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Shown;
import p101.pdu.RowFlags;
import p101.peer.FoundRow;
import p101.peer.ListedRow;

/** Rows of an index as lines for people and as JSON. */
final class IndexRows {
    private static final int SIZE_COLUMNS = 10;

    private IndexRows() {}

    /** {@code   1.2 MiB  0123456789abcdef  alice             song.ogg}. */
    static String line(ListedRow row) {
        return start(row.size(), row.content())
                + Texts.left(Shown.text(row.peer().value()), PeerName.MAX_BYTES) + "  "
                + Shown.text(row.file().value())
                + (row.isReceiver() ? "  (takes texts and files: p101 send)" : mark(row.rowFlags()));
    }

    /** {@code   1.2 MiB  0123456789abcdef  10.0.0.7:6010          alice             song.ogg}. */
    static String line(FoundRow row, FileName asked) {
        String name = asked.isNone() ? "" : "  " + Shown.text(asked.value());
        String peer = Shown.text(row.peer().value());
        return start(row.size(), row.content())
                + Texts.left(row.endpoint().toString(), 21) + "  "
                + (name.isEmpty() ? peer : Texts.left(peer, PeerName.MAX_BYTES)) + name
                + mark(row.rowFlags());
    }

    static JsonLine json(ListedRow row) {
        JsonLine json = new JsonLine()
                .add("name", row.file().value())
                .add("peer", row.peer().value());
        return rest(json, row.size(), row.content(), row.id(), row.rowFlags());
    }

    static JsonLine json(FoundRow row, FileName asked) {
        JsonLine json = new JsonLine();
        if (!asked.isNone()) {
            json.add("name", asked.value());
        }
        json.add("peer", row.peer().value())
                .add("address", row.endpoint().address().getHostAddress())
                .add("port", row.endpoint().port());
        return rest(json, row.size(), row.content(), row.id(), row.rowFlags());
    }

    private static JsonLine rest(JsonLine json, long size, ContentId content, long row, int flags) {
        if (isUnknown(size, content)) {
            json.add("size", (String) null);
        } else {
            json.add("size", size);
        }
        return json.add("id", content.isNone() ? null : content.toString())
                .add("row", row)
                .add("complete", (flags & RowFlags.PARTIAL) == 0)
                .add("fetch", way(flags));
    }

    private static String way(int flags) {
        if ((flags & RowFlags.NOT_FETCHABLE) != 0) {
            return "none";
        }
        return (flags & RowFlags.P2PCI_GET) != 0 ? "p2p-ci" : "pdu";
    }

    /** An empty file has a content id: without one, nobody told a size. */
    private static boolean isUnknown(long size, ContentId content) {
        return size == 0 && content.isNone();
    }

    private static String start(long size, ContentId content) {
        String shown = isUnknown(size, content) ? "-" : Texts.size(size);
        return Texts.right(shown, SIZE_COLUMNS) + "  " + (content.isNone() ? "-               " : content) + "  ";
    }

    private static String mark(int flags) {
        if ((flags & RowFlags.NOT_FETCHABLE) != 0) {
            return "  (listed only)";
        }
        return (flags & RowFlags.PARTIAL) != 0 ? "  (in download)" : "";
    }
}
