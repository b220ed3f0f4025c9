package p101.fetch;

import java.util.List;
import java.util.function.Predicate;
import p101.model.PeerName;
import p101.model.Root;

/**
 * What to download and where to.
 *
 * @param wanted what to look for; its {@code peer} and {@code content} choose among several contents of one name
 * @param root the full root when the user knows it: nothing else is accepted; {@link Root#NONE} = learn it from the source
 * @param rows sources that are known already, the first one tells the content; when there are any, the index is asked only for
 *     more of the same
 * @param self the name under which this process shares what it downloads; {@link PeerName#NONE} = it does not. With a
 *     name the pieces are fetched in an order that spreads them among all who download
 * @param isSelf tells the rows that are this process's own, which are never asked
 * @param localIndex whether the index is on this machine: only then are sources on loopback and link-local addresses asked
 * @param onlyThatPeer whether no one but {@code wanted.peer()} is asked
 */
public record DownloadRequest(
        Wanted wanted,
        Root root,
        List<Candidate> rows,
        Destination destination,
        PeerName self,
        Predicate<Candidate> isSelf,
        boolean localIndex,
        boolean onlyThatPeer) {
    /** A download that shares nothing, through an index elsewhere. */
    public static DownloadRequest of(Wanted wanted, Destination destination) {
        return new DownloadRequest(
                wanted, Root.NONE, List.of(), destination, PeerName.NONE, row -> false, false, false);
    }

    public DownloadRequest {
        rows = List.copyOf(rows);
    }

    public DownloadRequest withRoot(Root newRoot) {
        return new DownloadRequest(wanted, newRoot, rows, destination, self, isSelf, localIndex, onlyThatPeer);
    }

    public DownloadRequest withRows(List<Candidate> newRows) {
        return new DownloadRequest(wanted, root, newRows, destination, self, isSelf, localIndex, onlyThatPeer);
    }

    /** For a process that shares the pieces that it has: its name, and which rows are its own. */
    public DownloadRequest sharingAs(PeerName name, Predicate<Candidate> isOwnRow) {
        return new DownloadRequest(wanted, root, rows, destination, name, isOwnRow, localIndex, onlyThatPeer);
    }

    public DownloadRequest throughLocalIndex(boolean local) {
        return new DownloadRequest(wanted, root, rows, destination, self, isSelf, local, onlyThatPeer);
    }

    /** Asks nobody but {@code wanted.peer()}. */
    public DownloadRequest fromThatPeerOnly() {
        return new DownloadRequest(wanted, root, rows, destination, self, isSelf, localIndex, true);
    }
}
