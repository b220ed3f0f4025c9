package p101.lobby;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import p101.model.FileName;
import p101.registry.Registration;

/** How a file can be fetched. spec/LOBBY.md, section 6. */
final class Way {
    /** The names that P2P-CI programs ask for by their number. */
    private static final Pattern RFC = Pattern.compile("rfc(0|[1-9][0-9]{0,17})\\.txt");

    private Way() {}

    /**
     * The row flags of what a member lists.
     *
     * @param port where it says to serve; 0 = nowhere
     */
    static int flags(FileName file, int port) {
        // A PDU download begins with a size and a content id, which a member cannot tell: a row without them would be
        // the
        // newest source of its name and break the download for everybody. A GET needs neither.
        return port > 0 && RFC.matcher(file.value()).matches() ? Registration.P2PCI_GET : Registration.NOT_FETCHABLE;
    }

    /** What {@code /fetch} says of a row. */
    static String of(Registration row) {
        if ((row.flags() & Registration.NOT_FETCHABLE) != 0) {
            return "not fetchable";
        }
        if ((row.flags() & Registration.P2PCI_GET) != 0) {
            Matcher name = RFC.matcher(row.file().value());
            return name.matches() ? "P2P-CI GET RFC " + name.group(1) : "not fetchable";
        }
        return row.isPartial() ? "PDU download, incomplete so far" : "PDU download";
    }
}
