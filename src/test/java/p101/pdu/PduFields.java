package p101.pdu;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The values of a record by the names of spec/PDU.md, in the form of the vectors. Typed anew, from the specification. */
final class PduFields {
    private final Map<String, String> fields = new TreeMap<>();

    private PduFields(Pdu pdu) {
        fields.put("type", pdu.type().name());
        if (pdu instanceof Pdu.Datagram datagram) {
            unsigned("tx", datagram.tx());
            fields.put("cookie", HexFormat.of().toHexDigits(datagram.cookie()));
        }
    }

    static Map<String, String> of(Pdu pdu) {
        PduFields all = new PduFields(pdu);
        switch (pdu.type()) {
            case REGISTER -> all.register((Pdu.Register) pdu);
            case DEREGISTER -> all.deregister((Pdu.Deregister) pdu);
            case SEARCH -> all.search((Pdu.Search) pdu);
            case LIST -> all.list((Pdu.ListRequest) pdu);
            case FOUND -> all.found((Pdu.Found) pdu);
            case ENTRY -> all.entry((Pdu.Entry) pdu);
            case ACCEPTED -> all.accepted((Pdu.Accepted) pdu);
            case REFUSED -> all.refused((Pdu.Refused) pdu);
            case DOWNLOAD -> all.download((Pdu.Download) pdu);
            case RANGE -> all.range((Pdu.Range) pdu);
            case CONTENT -> all.put("content", HexFormat.of().formatHex(((Pdu.Block) pdu).bytes()));
            case FAILED -> all.failed((Pdu.Failed) pdu);
        }
        return all.fields;
    }

    private void register(Pdu.Register pdu) {
        key(pdu.ownerKey())
                .put("row flags", pdu.rowFlags())
                .put("TCP port", pdu.tcpPort())
                .put("size", pdu.size())
                .put("content id", pdu.content())
                .put("peer", pdu.peer())
                .put("file", pdu.file());
    }

    private void deregister(Pdu.Deregister pdu) {
        key(pdu.ownerKey())
                .put("row flags", pdu.rowFlags())
                .put("TCP port", pdu.tcpPort())
                .put("size", pdu.size())
                .put("content id", pdu.content())
                .put("peer", pdu.peer())
                .put("file", pdu.file());
    }

    private void search(Pdu.Search pdu) {
        put("search flags", pdu.partialToo() ? 1 : 0)
                .put("before id", pdu.beforeId())
                .put("content id", pdu.content())
                .put("peer", pdu.peer())
                .put("file", pdu.file());
    }

    private void list(Pdu.ListRequest pdu) {
        put("limit", pdu.limit()).put("after id", pdu.afterId()).put("filter", pdu.filter());
    }

    private void found(Pdu.Found pdu) {
        put("id", pdu.id())
                .put("row flags", pdu.rowFlags())
                .put("TCP port", pdu.tcpPort())
                .put("size", pdu.size())
                .put("content id", pdu.content())
                .put("peer", pdu.peer())
                .put("address", address(pdu.address()));
    }

    private void entry(Pdu.Entry pdu) {
        put("sequence", pdu.sequence())
                .put("id", pdu.id())
                .put("list flags", pdu.listFlags())
                .put("row flags", pdu.rowFlags())
                .put("previous", pdu.previous())
                .put("size", pdu.size())
                .put("content id", pdu.content())
                .put("peer", pdu.peer())
                .put("file", pdu.file());
    }

    private void accepted(Pdu.Accepted pdu) {
        key(pdu.ownerKey())
                .put("lease seconds", pdu.leaseSeconds())
                .unsigned("newest tx", pdu.newestTx())
                .unsigned("held", pdu.heldRows())
                .unsigned("sum", pdu.txSum())
                .put("text", pdu.text());
    }

    private void refused(Pdu.Refused pdu) {
        key(pdu.ownerKey())
                .put("code", pdu.code().code())
                .unsigned("newest tx", pdu.newestTx())
                .put("retry after", pdu.retryAfterSeconds())
                .put("text", pdu.text());
    }

    private void download(Pdu.Download pdu) {
        put("kind", pdu.kind().code())
                .put("offset", pdu.offset())
                .put("length", pdu.length())
                .put("root", pdu.root())
                .put("file", pdu.file());
    }

    private void range(Pdu.Range pdu) {
        put("kind", pdu.kind().code())
                .put("range flags", pdu.complete() ? 1 : 0)
                .put("offset", pdu.offset())
                .put("length", pdu.length())
                .put("root", pdu.root())
                .put("size", pdu.size())
                .put("modified", pdu.modifiedMillis());
    }

    private void failed(Pdu.Failed pdu) {
        put("code", pdu.code().code())
                .put("retry after", pdu.retryAfterSeconds())
                .put("text", pdu.text());
    }

    private PduFields key(long key) {
        return put("owner key", HexFormat.of().toHexDigits(key));
    }

    private PduFields unsigned(String name, int value) {
        return put(name, Integer.toUnsignedString(value));
    }

    private PduFields put(String name, Object value) {
        fields.put(name, value.toString());
        return this;
    }

    private static String address(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? address.getHostAddress()
                : HexFormat.of().formatHex(bytes).replaceAll("(.{4})(?!$)", "$1:");
    }
}
