package p101.pdu;

import java.util.StringJoiner;

/** Bits of the field {@code list flags}. spec/PDU.md, section 3. */
public final class ListFlags {
    /** The last entry of this burst. */
    public static final int LAST = 1;
    /** There is more after this entry's id. */
    public static final int MORE = 2;
    /** This entry carries no row. */
    public static final int EMPTY = 4;

    /** All bits that have a meaning; the others are 0 when sent and ignored when received. */
    static final int ALL = LAST | MORE | EMPTY;

    private ListFlags() {}

    /** The bits in words, {@code none} when none is set. */
    static String describe(int flags) {
        StringJoiner words = new StringJoiner("+").setEmptyValue("none");
        if ((flags & LAST) != 0) {
            words.add("last");
        }
        if ((flags & MORE) != 0) {
            words.add("more");
        }
        if ((flags & EMPTY) != 0) {
            words.add("empty");
        }
        return words.toString();
    }
}
