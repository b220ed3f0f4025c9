package p101.pdu;

import p101.model.Content;
import p101.model.FileName;
import p101.model.Root;

/** What a D asks for. spec/PDU.md, section 4. */
public enum RangeKind {
    /** The bytes of the file. */
    CONTENT(0, Content.MAX_SIZE),
    /** Flags, full name and piece hashes. */
    MANIFEST(1, 3 + FileName.MAX_BYTES + RangeKind.MAX_PIECES * Root.BYTES),
    /** One bit a piece, most significant first. */
    HAVE(2, RangeKind.MAX_PIECES / 8);

    /** Most pieces that a content is cut into. */
    private static final int MAX_PIECES = 32_768;

    private static final RangeKind[] BY_CODE = values();

    private final int code;
    private final long maxBytes;

    RangeKind(int code, long maxBytes) {
        this.code = code;
        this.maxBytes = maxBytes;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** The most bytes that there can be of this kind: what an A announces is checked against it before any use. */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * @throws PduException when this version of the protocol has no such kind
     */
    static RangeKind of(int code) throws PduException {
        if (code < 0 || code >= BY_CODE.length) {
            throw new PduException(PduReason.NUMBER, PduLayout.KIND, "it is 0, 1 or 2");
        }
        return BY_CODE[code];
    }
}
