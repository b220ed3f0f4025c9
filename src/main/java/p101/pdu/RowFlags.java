package p101.pdu;

import java.util.StringJoiner;

/** Bits of the field {@code row flags}. spec/PDU.md, section 3. */
public final class RowFlags {
    /** The source does not have the whole content yet. */
    public static final int PARTIAL = 1;
    /** Fetch it with a P2P-CI GET, not with D. */
    public static final int P2PCI_GET = 2;
    /** Listed only: nobody can fetch it. */
    public static final int NOT_FETCHABLE = 4;

    /** All bits that have a meaning; the others are 0 when sent and ignored when received. */
    static final int ALL = PARTIAL | P2PCI_GET | NOT_FETCHABLE;

    private RowFlags() {}

    /** The bits in words, {@code none} when none is set. */
    static String describe(int flags) {
        StringJoiner words = new StringJoiner("+").setEmptyValue("none");
        if ((flags & PARTIAL) != 0) {
            words.add("partial");
        }
        if ((flags & P2PCI_GET) != 0) {
            words.add("p2pci-get");
        }
        if ((flags & NOT_FETCHABLE) != 0) {
            words.add("not-fetchable");
        }
        return words.toString();
    }
}
