package p101.pdu;

/** What a D asks for. spec/PDU.md, section 4. */
public enum RangeKind {
    /** The bytes of the file. */
    CONTENT(0),
    /** Flags, full name and piece hashes. */
    MANIFEST(1),
    /** One bit a piece, most significant first. */
    HAVE(2);

    private final int code;

    RangeKind(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }
}
