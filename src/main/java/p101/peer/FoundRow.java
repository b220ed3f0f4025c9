package p101.peer;

import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;

/**
 * One source that the index named for a search.
 *
 * @param id the row's id; the next answer of the same search has a smaller one
 * @param rowFlags as on the wire (spec/PDU.md, section 3)
 * @param endpoint where its content server listens
 * @param size bytes of the whole file
 * @param content {@link ContentId#NONE} when unknown
 * @param peer who shares it
 */
public record FoundRow(long id, int rowFlags, Endpoint endpoint, long size, ContentId content, PeerName peer) {}
