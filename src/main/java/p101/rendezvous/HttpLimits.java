package p101.rendezvous;

/** How much of HTTP one request may be. spec/RENDEZVOUS.md, section 7. */
final class HttpLimits {
    static final int MAX_REQUEST_LINE_BYTES = 2_048;
    /** The request line, all headers, their line ends, and empty lines before them. */
    static final int MAX_HEAD_BYTES = 8_192;

    static final int MAX_HEADERS = 64;
    static final int MAX_BODY_BYTES = 4_096;

    private HttpLimits() {}
}
