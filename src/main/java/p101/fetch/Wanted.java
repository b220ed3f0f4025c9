package p101.fetch;

import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * What to look for in an index; at least one of the three is set, and all that are set must match.
 *
 * @param file full name or label (a finder asks by the label, {@link p101.library.Library#labelOf}); {@link FileName#NONE} = any
 * @param peer who shares it; {@link PeerName#NONE} = anyone
 * @param content first eight bytes of the root; {@link ContentId#NONE} = any
 * @param partialToo whether sources that do not have all of it count as well
 */
public record Wanted(FileName file, PeerName peer, ContentId content, boolean partialToo) {
    /** The newest complete content under a name. */
    public static Wanted named(FileName file) {
        return new Wanted(file, PeerName.NONE, ContentId.NONE, false);
    }

    /** Everybody who has any part of a content, whatever they call it. */
    public static Wanted anySourceOf(ContentId content) {
        return new Wanted(FileName.NONE, PeerName.NONE, content, true);
    }

    Wanted withPartialToo() {
        return new Wanted(file, peer, content, true);
    }
}
