package p101.registry;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * One row in memory: 64 bytes, with its names beside it. Its identity (peer and file) never changes; all
 * else may. A row whose owner is gone is dead at once, although it is cleared away later.
 */
final class Row implements Holders {
    final PeerName peer;
    final FileName file;
    /** Null for rows of the PDU protocol. */
    Extras extras;

    Owner owner;
    long id;
    /** The bits of its content id; 0 = unknown. */
    long contentBits;

    long size;
    /** Unsigned: of the R that made or last renewed it. */
    int tx;
    /** Where {@link TxHeap} has it; -1 = in none. */
    int heapIndex = -1;

    byte flags;

    Row(PeerName peer, FileName file) {
        this.peer = peer;
        this.file = file;
    }

    boolean isLive(long nowNanos) {
        return owner.isLive(nowNanos);
    }

    boolean hasContent(ContentId otherContent, long otherSize) {
        return size == otherSize && contentBits == otherContent.bits();
    }

    ContentId content() {
        return contentBits == 0 ? ContentId.NONE : new ContentId(contentBits);
    }

    Registration snapshot() {
        return new Registration(
                id, peer, file, content(), size, flags, owner.id, extras == null ? Extras.NONE : extras);
    }

    @Override
    public Row below(long beforeId) {
        return id < beforeId ? this : null;
    }

    @Override
    public Row of(PeerName wanted) {
        return peer.equals(wanted) ? this : null;
    }
}
