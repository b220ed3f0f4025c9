package p101.direct;

/** Why a transfer was refused or broken off. spec/DIRECT.md, section 7. */
public enum DirectReason {
    /** Who was to receive it does not want it. */
    DECLINED(1, "declined"),
    BUSY(2, "the receiver has too much to receive already"),
    TOO_LARGE(3, "larger than the receiver takes"),
    NAME(4, "the name is refused"),
    NO_SPACE(5, "the receiver has no room for it"),
    DISK(6, "the receiver cannot write it"),
    /** What came is not what the root says. */
    MISMATCH(7, "what came is not what was offered; the file may have changed"),
    CANCELLED(8, "cancelled by the other side"),
    UNSUPPORTED(9, "not supported by the other side"),
    /** Nothing came for too long. */
    SILENCE(10, "the other side has fallen silent"),
    UNKNOWN(11, "the other side does not know this transfer any more"),
    IN_USE(12, "the same file is being received already"),
    /** The file that is being sent changed or cannot be read. */
    SOURCE(13, "the file cannot be read any more or has changed"),
    /** Nobody decided about the offer in time. */
    UNDECIDED(14, "nobody has answered the offer");

    private static final DirectReason[] BY_CODE = new DirectReason[values().length + 1];

    static {
        for (DirectReason reason : values()) {
            if (BY_CODE[reason.code] != null) {
                throw new IllegalStateException("two reasons with the code " + reason.code);
            }
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final String text;

    DirectReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The byte on the wire. */
    int code() {
        return code;
    }

    /** For a person, to stand behind a colon. */
    public String text() {
        return text;
    }

    /** The reason of a byte; null when there is none. */
    static DirectReason ofCode(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
