package p101.app;

import java.util.ArrayList;
import java.util.List;
import p101.pdu.RowFlags;
import p101.peer.Ending;
import p101.peer.ListHandler;
import p101.peer.ListedRow;
import p101.peer.OneShotIndex;
import p101.peer.PeerException;
import p101.peer.SearchQuery;
import p101.peer.Verdict;

/**
 * All that one peer shares. A search for a peer alone ends where the index has looked at too many rows of others, and its answers
 * hold no names; so the list is walked, and each row of the peer is then searched for by its name, which tells its address.
 */
final class PeerFiles implements ListHandler {
    /** More than an index of p101 takes from all peers; one that sends more is not believed. */
    private static final int MAX_ROWS = 1_000_000;

    private final SearchQuery query;
    private final Runnable slow;
    private final List<ListedRow> rows = new ArrayList<>();
    private Ending listed = Ending.CANCELLED;

    private PeerFiles(SearchQuery query, Runnable slow) {
        this.query = query;
        this.slow = slow;
    }

    /**
     * Asks; returns after the end.
     *
     * @param query a peer, without a file
     * @param search searches for one of its files, and tells how that ended
     * @param slow told when the list is long in coming
     * @return {@link Verdict#NOT_FOUND} when there is nothing
     */
    static Ending ask(OneShotIndex index, SearchQuery query, Search search, Runnable slow) throws PeerException {
        PeerFiles files = new PeerFiles(query, slow);
        index.list("", files);
        Verdict verdict = files.listed.verdict();
        return verdict == Verdict.DONE || verdict == Verdict.MALFORMED ? files.searchEach(search) : files.listed;
    }

    /** The newest first, as in every search. */
    private Ending searchEach(Search search) throws PeerException {
        if (rows.size() == MAX_ROWS) {
            return new Ending(Verdict.MALFORMED, "more than " + MAX_ROWS + " files of one peer are listed");
        }
        boolean found = false;
        for (int i = rows.size() - 1; i >= 0; i--) {
            Ending ending = search.search(
                    new SearchQuery(rows.get(i).file(), query.peer(), query.content(), query.partialToo()));
            if (!ending.isDone() && ending.verdict() != Verdict.NOT_FOUND) {
                return ending;
            }
            found |= ending.isDone(); // else it went while the others were asked for
        }
        return found || !listed.isDone() ? listed : new Ending(Verdict.NOT_FOUND, "");
    }

    @Override
    public boolean onRow(ListedRow row) {
        if (isWanted(row)) {
            rows.add(row);
        }
        return rows.size() < MAX_ROWS;
    }

    /** What is only listed is no file that somebody has: a search without its name leaves it out as well. */
    private boolean isWanted(ListedRow row) {
        int left = RowFlags.NOT_FETCHABLE | (query.partialToo() ? 0 : RowFlags.PARTIAL);
        return row.peer().equals(query.peer())
                && (row.rowFlags() & left) == 0
                && (query.content().isNone() || query.content().equals(row.content()));
    }

    @Override
    public void onSlow() {
        slow.run();
    }

    @Override
    public void onEnd(Ending ending) {
        listed = ending;
    }

    /** One search, to its end. */
    interface Search {
        Ending search(SearchQuery one) throws PeerException;
    }
}
