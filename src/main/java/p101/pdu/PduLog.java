package p101.pdu;

import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Shown;

/**
 * One line for each PDU, the same wherever PDUs are logged: direction, endpoint, type, fields. Other people's text is made
 * safe to print; owner keys and cookies are secrets, so that a line says at most that there is one. Stateless, any thread.
 */
public final class PduLog {
    /** Which way a PDU went, seen from the process that writes the line. */
    public enum Direction {
        RECEIVED("<< "),
        SENT(">> ");

        private final String mark;

        Direction(String mark) {
            this.mark = mark;
        }
    }

    private PduLog() {}

    /** {@code << 127.0.0.1:5001  R  tx=5 cookie=yes peer="alice" file="song" ...}. */
    public static String line(Direction direction, Endpoint remote, Pdu pdu) {
        StringBuilder line =
                begin(direction, remote).append((char) pdu.type().code()).append(' ');
        if (pdu instanceof Pdu.Datagram datagram) {
            field(line, "tx", Integer.toUnsignedString(datagram.tx()));
            field(line, "cookie", datagram.cookie() == 0 ? "no" : "yes");
        }
        switch (pdu.type()) {
            case REGISTER -> register(line, (Pdu.Register) pdu);
            case DEREGISTER -> deregister(line, (Pdu.Deregister) pdu);
            case SEARCH -> search(line, (Pdu.Search) pdu);
            case LIST -> list(line, (Pdu.ListRequest) pdu);
            case FOUND -> found(line, (Pdu.Found) pdu);
            case ENTRY -> entry(line, (Pdu.Entry) pdu);
            case ACCEPTED -> accepted(line, (Pdu.Accepted) pdu);
            case REFUSED -> refused(line, (Pdu.Refused) pdu);
            case DOWNLOAD -> download(line, (Pdu.Download) pdu);
            case RANGE -> range(line, (Pdu.Range) pdu);
            case CONTENT -> field(line, "bytes", PduLayout.PAYLOAD_BYTES);
            case FAILED -> failed(line, (Pdu.Failed) pdu);
        }
        return line.toString();
    }

    /** The line for bytes that were not a PDU: {@code << 127.0.0.1:5001  ?  reason=LENGTH a PDU has 101 bytes}. */
    public static String malformed(Direction direction, Endpoint remote, PduException problem) {
        StringBuilder line = begin(direction, remote).append("? ");
        field(line, "reason", problem.reason().name());
        return line.append(' ').append(Shown.text(problem.getMessage())).toString();
    }

    private static StringBuilder begin(Direction direction, Endpoint remote) {
        return new StringBuilder(160).append(direction.mark).append(remote).append("  ");
    }

    private static void register(StringBuilder line, Pdu.Register pdu) {
        names(line, pdu.peer(), pdu.file());
        field(line, "port", pdu.tcpPort());
        content(line, pdu.rowFlags(), pdu.size(), pdu.content().toString());
    }

    private static void deregister(StringBuilder line, Pdu.Deregister pdu) {
        names(line, pdu.peer(), pdu.file());
        field(line, "port", pdu.tcpPort());
    }

    private static void search(StringBuilder line, Pdu.Search pdu) {
        names(line, pdu.peer(), pdu.file());
        field(line, "content", pdu.content().isNone() ? "any" : pdu.content().toString());
        field(line, "partial", pdu.partialToo() ? "yes" : "no");
        field(line, "before", pdu.beforeId());
    }

    private static void list(StringBuilder line, Pdu.ListRequest pdu) {
        field(line, "limit", pdu.limit());
        field(line, "after", pdu.afterId());
        text(line, "filter", pdu.filter());
    }

    private static void found(StringBuilder line, Pdu.Found pdu) {
        field(line, "id", pdu.id());
        text(line, "peer", pdu.peer().value());
        field(line, "at", new Endpoint(pdu.address(), pdu.tcpPort()).toString());
        content(line, pdu.rowFlags(), pdu.size(), pdu.content().toString());
    }

    private static void entry(StringBuilder line, Pdu.Entry pdu) {
        field(line, "sequence", pdu.sequence());
        field(line, "id", pdu.id());
        field(line, "list", ListFlags.describe(pdu.listFlags()));
        if ((pdu.listFlags() & ListFlags.EMPTY) == 0) {
            names(line, pdu.peer(), pdu.file());
            content(line, pdu.rowFlags(), pdu.size(), pdu.content().toString());
        }
    }

    private static void accepted(StringBuilder line, Pdu.Accepted pdu) {
        field(line, "lease", pdu.leaseSeconds());
        field(line, "newest", Integer.toUnsignedString(pdu.newestTx()));
        field(line, "held", Integer.toUnsignedString(pdu.heldRows()));
        field(line, "sum", Integer.toUnsignedString(pdu.txSum()));
        text(line, "text", pdu.text());
    }

    private static void refused(StringBuilder line, Pdu.Refused pdu) {
        field(line, "code", pdu.code().name());
        field(line, "newest", Integer.toUnsignedString(pdu.newestTx()));
        field(line, "retry", pdu.retryAfterSeconds());
        text(line, "text", pdu.text());
    }

    private static void download(StringBuilder line, Pdu.Download pdu) {
        field(line, "kind", pdu.kind().name());
        field(line, "offset", pdu.offset());
        field(line, "length", pdu.length());
        field(line, "root", pdu.root().isNone() ? "any" : pdu.root().toString());
        text(line, "file", pdu.file().value());
    }

    private static void range(StringBuilder line, Pdu.Range pdu) {
        field(line, "kind", pdu.kind().name());
        field(line, "complete", pdu.complete() ? "yes" : "no");
        field(line, "offset", pdu.offset());
        field(line, "length", pdu.length());
        field(line, "size", pdu.size());
        field(line, "root", pdu.root().toString());
    }

    private static void failed(StringBuilder line, Pdu.Failed pdu) {
        field(line, "code", pdu.code().name());
        field(line, "retry", pdu.retryAfterSeconds());
        text(line, "text", pdu.text());
    }

    private static void names(StringBuilder line, PeerName peer, FileName file) {
        text(line, "peer", peer.value());
        text(line, "file", file.value());
    }

    private static void content(StringBuilder line, int rowFlags, long size, String content) {
        field(line, "size", size);
        field(line, "content", content);
        field(line, "row", RowFlags.describe(rowFlags));
    }

    private static void field(StringBuilder line, String name, long value) {
        line.append(' ').append(name).append('=').append(value);
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append('=').append(value);
    }

    private static void text(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append("=\"").append(Shown.text(value)).append('"');
    }
}
