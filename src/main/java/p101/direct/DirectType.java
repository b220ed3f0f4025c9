package p101.direct;

/** The types of datagrams. spec/DIRECT.md, section 3. */
enum DirectType {
    OFFER('O'),
    CHALLENGE('C'),
    WAIT('W'),
    ACCEPT('A'),
    REFUSE('R'),
    DATA('D'),
    ACK('K'),
    STORED('S'),
    FAREWELL('F'),
    CLOSED('Z'),
    ABORT('X');

    private static final DirectType[] BY_CODE = new DirectType[128];

    static {
        for (DirectType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final byte code;

    DirectType(char letter) {
        this.code = (byte) letter;
    }

    byte code() {
        return code;
    }

    /** The type of a byte; null when there is none. */
    static DirectType ofCode(byte code) {
        return code < 0 ? null : BY_CODE[code];
    }
}
