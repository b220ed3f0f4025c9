package p101.fetch;

import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.pdu.RowFlags;

/**
 * A row of the index: somebody who says to have a content. Nothing in it is proven.
 *
 * @param rowId greater = newer; 0 when it did not come from an index
 * @param rowFlags see {@link RowFlags}
 * @param endpoint where the content server listens
 * @param size bytes of the whole content
 * @param content first eight bytes of the root; {@link ContentId#NONE} = unknown
 * @param peer who shares it; may be {@link PeerName#NONE} when it did not come from an index
 */
public record Candidate(long rowId, int rowFlags, Endpoint endpoint, long size, ContentId content, PeerName peer) {
    public boolean isPartial() {
        return (rowFlags & RowFlags.PARTIAL) != 0;
    }

    /** Whether it is fetched with a P2P-CI GET instead of D. */
    public boolean isByGet() {
        return (rowFlags & RowFlags.P2PCI_GET) != 0;
    }

    boolean isFetchable() {
        return (rowFlags & RowFlags.NOT_FETCHABLE) == 0;
    }

    /** Whether the row speaks of the same content, as far as eight bytes and a size can tell. */
    boolean sameContentAs(Candidate other) {
        return size == other.size && content.equals(other.content);
    }
}
