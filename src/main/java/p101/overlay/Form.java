package p101.overlay;

/** The two forms of a packet, told apart by the first byte. spec/OVERLAY.md, section 2. */
public enum Form {
    /** Digits throughout; the header has 28 bytes. */
    ASCII('1', 28),
    /** Big-endian numbers; the header has 20 bytes. */
    BINARY(0, 20);

    /** Bytes of version, type and body length, in both forms. */
    static final int PREFIX_BYTES = 8;

    private final int firstByte;
    private final int headerBytes;

    Form(int firstByte, int headerBytes) {
        this.firstByte = firstByte;
        this.headerBytes = headerBytes;
    }

    int firstByte() {
        return firstByte;
    }

    /** Bytes before the body of a packet that has a source address. */
    int headerBytes() {
        return headerBytes;
    }
}
