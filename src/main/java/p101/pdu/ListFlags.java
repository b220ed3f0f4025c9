package p101.pdu;

/** Bits of the field {@code list flags}. spec/PDU.md, section 3. */
public final class ListFlags {
    /** The last entry of this burst. */
    public static final int LAST = 1;
    /** There is more after this entry's id. */
    public static final int MORE = 2;
    /** This entry carries no row. */
    public static final int EMPTY = 4;

    private ListFlags() {}
}
