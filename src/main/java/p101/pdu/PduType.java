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
}
