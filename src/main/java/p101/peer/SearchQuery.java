package p101.peer;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * What a search asks for.
 *
 * @param file {@link FileName#NONE} = any; a name over 50 bytes is asked for by its label
 * @param peer {@link PeerName#NONE} = any
 * @param content {@link ContentId#NONE} = any
 * @param partialToo whether sources that do not have the whole file yet count as well
 */
public record SearchQuery(FileName file, PeerName peer, ContentId content, boolean partialToo) {
    /** Complete sources of a file, whoever has it. */
    public static SearchQuery ofFile(FileName file) {
        return new SearchQuery(file, PeerName.NONE, ContentId.NONE, false);
    }
}
