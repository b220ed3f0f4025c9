package p101.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/**
 * The ways to a row: by file and peer, by content, by id. Nobody can make them slow by names or contents whose hashes collide:
 * the table of names has a secret, and content ids compare, so that the JDK's hash table stays logarithmic. Under the lock of
 * its registry.
 */
final class RowIndex {
    private final NameTable byFile;
    private final Map<ContentId, Holders> byContent = new HashMap<>();
    private final IdList byId = new IdList();
    private long lastId;

    /**
     * @param lastId the greatest id that is taken
     * @param randomness where the secret of the table of names comes from
     */
    RowIndex(long lastId, Randomness randomness) {
        this.lastId = lastId;
        this.byFile = new NameTable(randomness);
    }

    /** All rows, those of retired owners included. */
    IdList all() {
        return byId;
    }

    /** The rows of one name; null when there are none. */
    Holders holders(FileName file) {
        return byFile.get(file);
    }

    /** The rows of one content; null when there are none. */
    Holders holders(ContentId content) {
        return byContent.get(content);
    }

    /** Fetches what {@link #holders(FileName)} will read for each of these. */
    void prefetch(List<FileName> files) {
        byFile.prefetch(files);
    }

    Row find(FileName file, PeerName peer) {
        Holders holders = byFile.get(file);
        return holders == null ? null : holders.of(peer);
    }

    /** An equal name that is in use already, so that rows share it, or else this one. */
    FileName shared(FileName file) {
        Holders holders = byFile.get(file);
        return holders == null ? file : holders.below(Long.MAX_VALUE).file;
    }

    /** Adds a row and gives it the next id. */
    void add(Row row) {
        row.id = ++lastId;
        byId.append(row);
        byFile.put(row.file, with(byFile.get(row.file), row, true));
        if (row.contentBits != 0) {
            ContentId content = row.content();
            byContent.put(content, with(byContent.get(content), row, false));
        }
    }

    void remove(Row row) {
        byId.remove(row);
        Holders ofFile = without(byFile.get(row.file), row);
        if (ofFile == null) {
            byFile.remove(row.file);
        } else {
            byFile.put(row.file, ofFile);
        }
        if (row.contentBits != 0) {
            byContent.compute(row.content(), (key, ofContent) -> without(ofContent, row));
        }
    }

    /**
     * These holders and one more.
     *
     * @param holders null = none
     */
    private static Holders with(Holders holders, Row row, boolean oneFile) {
        if (holders == null) {
            return row;
        }
        if (holders instanceof RowGroup group) {
            group.append(row);
            return group;
        }
        RowGroup group = new RowGroup(oneFile);
        group.append((Row) holders);
        group.append(row);
        return group;
    }

    /** These holders without one of them; null = none. */
    private static Holders without(Holders holders, Row row) {
        if (holders instanceof RowGroup group) {
            group.remove(row);
            Row only = group.only();
            return only == null ? group : only;
        }
        return null;
    }
}
