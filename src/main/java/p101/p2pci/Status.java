package p101.p2pci;

import java.util.Optional;

/** The four things that an answer can say first. spec/P2PCI.md, section 2. */
public enum Status {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    VERSION_NOT_SUPPORTED(505, "P2P-CI Version Not Supported");

    private final int code;
    private final String line;

    Status(int code, String phrase) {
        this.code = code;
        this.line = Wording.VERSION + " " + code + " " + phrase;
    }

    public int code() {
        return code;
    }

    /** The whole first line of an answer, without its end. */
    public String line() {
        return line;
    }

    /** The status with this code; empty when there is none. */
    static Optional<Status> of(int code) {
        for (Status status : values()) {
            if (status.code == code) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
