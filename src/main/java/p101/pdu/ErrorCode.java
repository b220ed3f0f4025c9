package p101.pdu;

/** Every code that an E may carry. spec/PDU.md, section "Error codes". */
public enum ErrorCode {
    /** The request needs a cookie; this E carries one: ask again with it. */
    COOKIE(1),
    /** The PDU was understood to be one, but a field breaks a rule. */
    MALFORMED(2),
    /** Another key holds this peer name and file name. */
    CONFLICT(3),
    NOT_FOUND(4),
    /** The tx is too old; go on above the newest. */
    STALE(5),
    /** A limit of the index or of the server is reached. */
    LIMIT(6),
    /** Too busy just now; try again later. */
    BUSY(7),
    UNSUPPORTED(8),
    /** The row exists, under another key. */
    NOT_YOURS(9),
    /** The source address cannot be registered. */
    ADDRESS(10),
    /** The range lies outside the content. */
    RANGE(11),
    /** A partial source does not have these bytes yet. */
    NOT_HELD(12),
    /** The file changed since it was registered. */
    CHANGED(13);

    private static final ErrorCode[] BY_CODE = values();

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    /** The 16-bit number on the wire. */
    public int code() {
        return code;
    }

    /**
     * @throws PduException when this version of the protocol has no such code
     */
    static ErrorCode of(int code) throws PduException {
        if (code < 1 || code > BY_CODE.length) {
            throw new PduException(PduReason.NUMBER, PduLayout.CODE, "an error code is 1 to " + BY_CODE.length);
        }
        return BY_CODE[code - 1];
    }
}
