package p101.registry;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * One row of the registry as it was at one moment: a file that a peer shares. At most one row has the same peer and file.
 *
 * @param id grows with every new row; 48 bits
 * @param peer the name that the file was registered under
 * @param content {@link ContentId#NONE} when unknown
 * @param size bytes, 48 bits
 * @param flags {@link #PARTIAL}, {@link #P2PCI_GET}, {@link #NOT_FETCHABLE}
 * @param owner who holds it, and where it is fetched
 * @param extras {@link Extras#NONE} for rows of the PDU protocol
 */
public record Registration(
        long id, PeerName peer, FileName file, ContentId content, long size, int flags, OwnerId owner, Extras extras) {
    /** The source does not have the whole content yet. The bits are those of the field {@code row flags}. */
    public static final int PARTIAL = 1;

    /** Fetch it with a P2P-CI GET. */
    public static final int P2PCI_GET = 2;

    /** Listed only: it never answers a search. */
    public static final int NOT_FETCHABLE = 4;

    /** All bits that mean something; others are forgotten. */
    public static final int KNOWN_FLAGS = PARTIAL | P2PCI_GET | NOT_FETCHABLE;

    public boolean isPartial() {
        return (flags & PARTIAL) != 0;
    }
}
