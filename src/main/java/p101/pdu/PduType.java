package p101.pdu;

/** Type byte and channel of each PDU. spec/PDU.md, section 2. */
public enum PduType {
    REGISTER('R', Channel.TO_INDEX),
    DEREGISTER('T', Channel.TO_INDEX),
    SEARCH('S', Channel.TO_INDEX),
    LIST('O', Channel.TO_INDEX),
    FOUND('S', Channel.FROM_INDEX),
    ENTRY('O', Channel.FROM_INDEX),
    ACCEPTED('A', Channel.FROM_INDEX),
    REFUSED('E', Channel.FROM_INDEX),
    DOWNLOAD('D', Channel.TCP),
    RANGE('A', Channel.TCP),
    CONTENT('C', Channel.TCP),
    FAILED('E', Channel.TCP);

    private static final PduType[][] BY_CODE = byCode();

    private final byte code;
    private final Channel channel;

    PduType(char code, Channel channel) {
        this.code = (byte) code;
        this.channel = channel;
    }

    /** The byte at offset 0. */
    public byte code() {
        return code;
    }

    public Channel channel() {
        return channel;
    }

    /** Whether the byte after the type holds answer bit and version: all datagrams, and E on TCP, which is laid out alike. */
    boolean hasVersion() {
        return channel != Channel.TCP || this == FAILED;
    }

    /**
     * The type that a byte stands for on a channel.
     *
     * @throws PduException {@link PduReason#DIRECTION} when it has its place on another channel only, else {@link PduReason#TYPE}
     */
    static PduType of(Channel channel, byte code) throws PduException {
        PduType type = BY_CODE[channel.ordinal()][code & 0xFF];
        if (type == null) {
            throw new PduException(
                    isKnown(code) ? PduReason.DIRECTION : PduReason.TYPE,
                    PduLayout.TYPE,
                    isKnown(code) ? "this type does not travel this way" : "no PDU has this type byte");
        }
        return type;
    }

    private static boolean isKnown(byte code) {
        for (PduType[] byCode : BY_CODE) {
            if (byCode[code & 0xFF] != null) {
                return true;
            }
        }
        return false;
    }

    private static PduType[][] byCode() {
        PduType[][] table = new PduType[Channel.values().length][256];
        for (PduType type : values()) {
            PduType[] row = table[type.channel.ordinal()];
            if (row[type.code & 0xFF] != null) {
                throw new IllegalStateException("two types have the byte " + type.code);
            }
            row[type.code & 0xFF] = type;
        }
        return table;
    }
}
