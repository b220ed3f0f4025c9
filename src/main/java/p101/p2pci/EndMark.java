package p101.p2pci;

/** What ended a request, and so ends its answer. spec/P2PCI.md, section 3.2. */
public enum EndMark {
    /** A pause, the end of the stream, or the next request. */
    NONE,
    /** An empty line. */
    BLANK_LINE,
    /** A line that says {@code END}. */
    END_LINE
}
