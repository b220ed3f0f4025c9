package p101.p2pci;

/** How lines end. The grammar says CRLF; about half of the programs in use send, and need, LF. */
public enum LineEnd {
    LF("\n"),
    CRLF("\r\n");

    private final String text;

    LineEnd(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
