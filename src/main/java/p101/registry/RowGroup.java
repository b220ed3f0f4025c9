package p101.registry;

import java.util.HashMap;
import java.util.Map;
import p101.model.PeerName;

/**
 * Two rows or more that share a file name or a content. However many there are, the newest, the next older and the one of a
 * given peer are found in logarithmic time: a name with 100,000 holders slows nobody down.
 */
final class RowGroup implements Holders {
    /** Up to here the row of a peer is found by looking at each. */
    private static final int FEW_ROWS = 16;

    private final IdList rows = new IdList();
    private final boolean oneFile;
    private Map<PeerName, Row> byPeer;

    /**
     * @param oneFile whether the rows share a file name, so that each peer has one at most
     */
    RowGroup(boolean oneFile) {
        this.oneFile = oneFile;
    }

    /** Adds a row with a greater id than all others. */
    void append(Row row) {
        rows.append(row);
        if (byPeer != null) {
            byPeer.put(row.peer, row);
        } else if (oneFile && rows.size() > FEW_ROWS) {
            byPeer = new HashMap<>();
            for (int slot = 0; slot < rows.end(); slot++) {
                if (rows.row(slot) != null) {
                    byPeer.put(rows.row(slot).peer, rows.row(slot));
                }
            }
        }
    }

    void remove(Row row) {
        rows.remove(row);
        if (byPeer != null) {
            byPeer.remove(row.peer);
        }
    }

    /** The one row that is left; null when there are more. */
    Row only() {
        return rows.size() == 1 ? rows.row(rows.end() - 1) : null;
    }

    @Override
    public Row below(long id) {
        return rows.below(id);
    }

    @Override
    public Row of(PeerName peer) {
        if (byPeer != null) {
            return byPeer.get(peer);
        }
        for (int slot = 0; slot < rows.end(); slot++) {
            Row row = rows.row(slot);
            if (row != null && row.peer.equals(peer)) {
                return row;
            }
        }
        return null;
    }
}
