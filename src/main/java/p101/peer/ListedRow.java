package p101.peer;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

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
public record ListedRow(long id, int rowFlags, long size, ContentId content, PeerName peer, FileName file) {}
