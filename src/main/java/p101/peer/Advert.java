package p101.peer;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * What a peer says about one of its files.
 *
 * @param peer the name that it is registered under
 * @param file its label
 * @param rowFlags as on the wire (spec/PDU.md, section 3)
 * @param size bytes of the whole file
 * @param content {@link ContentId#NONE} when unknown
 */
public record Advert(PeerName peer, FileName file, int rowFlags, long size, ContentId content) {
    /** Says that the peer is there, without a file. */
    static Advert presence(PeerName peer) {
        return new Advert(peer, FileName.NONE, 0, 0, ContentId.NONE);
    }
}
