package p101.direct;

/** What bounds a direct transfer. spec/DIRECT.md, section 8. */
public final class DirectLimits {
    /** Where published programs listen, TCP and UDP. */
    public static final int DEFAULT_PORT = 5000;

    /** Bytes of content in one datagram unless both ends know that more pass: with its head it fits every path. */
    public static final int SAFE_CHUNK_BYTES = 1_200;

    /** Bytes of content in one datagram between two programs of one machine. */
    public static final int LOOPBACK_CHUNK_BYTES = 32_768;

    static final int MIN_CHUNK_BYTES = 512;
    static final int MAX_CHUNK_BYTES = 32_768;

    /** Chunks that the sender may be ahead of the first one that is missing: what one ACK can tell about. */
    static final int HORIZON_CHUNKS = 8_192;

    /** Bytes of the list of hashes that is sent before the content: of 32,768 pieces, and a name. */
    static final int MAX_MANIFEST_BYTES = 1_048_834;

    /** Chunks of one transfer: 2.3 TiB in safe chunks. */
    static final int MAX_CHUNKS = Integer.MAX_VALUE - HORIZON_CHUNKS;

    /** Offers that are being decided and transfers that run, in all. */
    static final int MAX_TRANSFERS = 32;

    /** The same from one address; for IPv6 one /64. */
    static final int MAX_TRANSFERS_PER_ADDRESS = 8;

    /** Transfers that have ended and are remembered, so that late datagrams get the same answer. */
    static final int MAX_ENDED = 256;

    /** Bytes of a text. */
    public static final int MAX_TEXT_BYTES = 65_536;

    /** Texts that are remembered, so that a double is known. */
    static final int MAX_REMEMBERED_TEXTS = 1_024;

    /** Texts on their way in at a time, in all and from one address. */
    static final int MAX_TEXT_CONNECTIONS = 256;

    static final int MAX_TEXT_CONNECTIONS_PER_ADDRESS = 32;

    /** Published pictures on their way in at a time. */
    static final int MAX_PIXEL_TRANSFERS = 8;

    /** Columns of a published picture: as many zeros as a datagram can carry. */
    static final int MAX_PIXEL_COLUMNS = 65_504;

    /** Pixels of a published picture. */
    public static final int MAX_PIXELS = 16_777_216;

    private DirectLimits() {}
}
