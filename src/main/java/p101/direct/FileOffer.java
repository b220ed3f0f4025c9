package p101.direct;

import p101.model.Content;
import p101.model.FileName;
import p101.model.PeerName;

/**
 * A file that somebody offers. spec/DIRECT.md, section 3.2.
 *
 * @param sender what the sender calls itself: a claim; {@link PeerName#NONE} when it does not say
 * @param name under the rules of spec/PDU.md, section 5
 * @param content root and size
 * @param manifestLength bytes of the manifest that is sent before the content, 1 to 1,048,834
 * @param modifiedMillis when the file was last changed, ms since 1970; 0 = not known
 */
public record FileOffer(PeerName sender, FileName name, Content content, int manifestLength, long modifiedMillis) {
    private static final long MAX_MODIFIED = (1L << 48) - 1;

    /**
     * @throws IllegalArgumentException when a number is out of its range or the name is missing
     */
    public FileOffer {
        if (name.isNone()
                || content.root().isNone()
                || manifestLength < 1
                || manifestLength > DirectLimits.MAX_MANIFEST_BYTES
                || modifiedMillis < 0
                || modifiedMillis > MAX_MODIFIED) {
            throw new IllegalArgumentException("an offer with a number out of its range, or without a name or root");
        }
    }
}
