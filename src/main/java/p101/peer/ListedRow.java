package p101.peer;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.RowFlags;

/**
 * One row of the index's list.
 *
 * @param id the row's id; ids grow
 * @param rowFlags as on the wire (spec/PDU.md, section 3)
 * @param size bytes of the file
 * @param content {@link ContentId#NONE} when unknown
 * @param peer who shares it
 * @param file its name or label
 */
public record ListedRow(long id, int rowFlags, long size, ContentId content, PeerName peer, FileName file) {
    /** Whether it is no file but the sign of a peer that receives texts and files (spec/DIRECT.md, section 1). */
    public boolean isReceiver() {
        return (rowFlags & RowFlags.NOT_FETCHABLE) != 0 && file.equals(Announcement.RECEIVES);
    }
}
