package p101.registry;

import java.util.HashMap;
import java.util.Map;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * The ways to a row: by file and peer, by content, by id. The keys compare, so that the JDK's hash tables stay logarithmic when
 * somebody picks names or contents whose hashes collide. Under the lock of its registry.
 */
final class RowIndex {
    private final Map<String, Holders> byFile = new HashMap<>();
    private final Map<ContentId, Holders> byContent = new HashMap<>();
    private final IdList byId = new IdList();
    private long lastId;

    /**
     * @param lastId the greatest id that is taken
     */
    RowIndex(long lastId) {
        this.lastId = lastId;
    }

    /** All rows, those of retired owners included. */
    IdList all() {
        return byId;
    }

    /** The rows of one name; null when there are none. */
    Holders holders(FileName file) {
        return byFile.get(file.value());
    }

    /** The rows of one content; null when there are none. */
    Holders holders(ContentId content) {
        return byContent.get(content);
    }

    Row find(FileName file, PeerName peer) {
        Holders holders = byFile.get(file.value());
        return holders == null ? null : holders.of(peer);
    }

    /** An equal name that is in use already, so that rows share it, or else this one. */
    FileName shared(FileName file) {
        Holders holders = byFile.get(file.value());
        return holders == null ? file : holders.below(Long.MAX_VALUE).file;
    }

    /** Adds a row and gives it the next id. */
    void add(Row row) {
        row.id = ++lastId;
        byId.append(row);
        append(byFile, row.file.value(), row, true);
        if (row.contentBits != 0) {
            append(byContent, row.content(), row, false);
        }
    }

    void remove(Row row) {
        byId.remove(row);
        remove(byFile, row.file.value(), row);
        if (row.contentBits != 0) {
            remove(byContent, row.content(), row);
        }
    }

    private static <K> void append(Map<K, Holders> groups, K key, Row row, boolean oneFile) {
        Holders holders = groups.putIfAbsent(key, row);
        if (holders instanceof RowGroup group) {
            group.append(row);
        } else if (holders instanceof Row other) {
            RowGroup group = new RowGroup(oneFile);
            group.append(other);
            group.append(row);
            groups.put(key, group);
        }
    }

    private static <K> void remove(Map<K, Holders> groups, K key, Row row) {
        if (groups.get(key) instanceof RowGroup group) {
            group.remove(row);
            Row only = group.only();
            if (only != null) {
                groups.put(key, only);
            }
        } else {
            groups.remove(key);
        }
    }
}
