package p101.pdu;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where each field of each PDU is: every offset follows from the field before. All numbers are big-endian and unsigned. That the
 * fields of each type make 101 bytes without a gap is checked when the class loads. spec/PDU.md, sections 3 and 4.
 */
public final class PduLayout {
    /** Bytes of every PDU. */
    public static final int PDU_BYTES = 101;

    /** Bytes of every PDU after its type byte. */
    public static final int PAYLOAD_BYTES = PDU_BYTES - 1;

    /** The answer bit in the byte {@code version}. */
    static final int ANSWER_BIT = 0x80;

    /** The bits of the byte {@code version} that hold it; those between are reserved. */
    static final int VERSION_MASK = 0x0F;

    static final int VERSION_NUMBER = 1;

    // Section 3.1: what every datagram begins with.
    static final PduField TYPE = new PduField("type", 0, 1);
    static final PduField VERSION = TYPE.then("version", 1);
    static final PduField TX = VERSION.then("tx", 4);
    static final PduField COOKIE = TX.then("cookie", 4);

    // Section 3.2: R and T.
    static final PduField OWNER_KEY = COOKIE.then("owner key", 8);
    static final PduField ROW_FLAGS = OWNER_KEY.then("row flags", 1);
    static final PduField TCP_PORT = ROW_FLAGS.then("TCP port", 2);
    static final PduField SIZE = TCP_PORT.then("size", 6);
    static final PduField CONTENT_ID = SIZE.then("content id", 8);
    static final PduField PEER = CONTENT_ID.then("peer", 16);
    static final PduField FILE = PEER.then("file", 50);

    // Section 3.3: S.
    static final PduField SEARCH_FLAGS = COOKIE.then("search flags", 1);
    static final PduField BEFORE_ID = SEARCH_FLAGS.then("before id", 6);
    static final PduField FOUND_ID = COOKIE.then(PduField.RESERVED, 1).then("id", 6);
    static final PduField ADDRESS = PEER.then("address", 16);

    // Section 3.4: O.
    static final PduField LIMIT = COOKIE.then("limit", 1);
    static final PduField AFTER_ID = LIMIT.then("after id", 6);
    static final PduField FILTER = new PduField("filter", FILE.offset(), FILE.length());
    static final PduField SEQUENCE = COOKIE.then("sequence", 1);
    static final PduField ENTRY_ID = SEQUENCE.then("id", 6);
    static final PduField LIST_FLAGS = ENTRY_ID.then("list flags", 1);
    static final PduField PREVIOUS = ROW_FLAGS.then("previous", 2);

    // Section 3.5: A from the index.
    static final PduField LEASE_SECONDS = OWNER_KEY.then("lease seconds", 2);
    static final PduField NEWEST_TX = LEASE_SECONDS.then("newest tx", 4);
    static final PduField HELD = NEWEST_TX.then("held", 4);
    static final PduField SUM = HELD.then("sum", 4);
    static final PduField TEXT = SUM.then("text", 69);

    // Section 3.6: E, on UDP and on TCP.
    static final PduField CODE = OWNER_KEY.then("code", 2);
    static final PduField RETRY_AFTER = NEWEST_TX.then("retry after", 2);

    // Section 4: TCP.
    static final PduField KIND = TYPE.then("kind", 1);
    static final PduField RANGE_FLAGS = KIND.then("range flags", 1);
    static final PduField OFFSET = RANGE_FLAGS.then("offset", 6);
    static final PduField LENGTH = OFFSET.then("length", 6);
    static final PduField ROOT = LENGTH.then("root", 32);
    static final PduField RANGE_SIZE = ROOT.then("size", 6);
    static final PduField MODIFIED = RANGE_SIZE.then("modified", 6);
    static final PduField BYTES = TYPE.then("content", PAYLOAD_BYTES);

    private static final Map<PduType, List<PduField>> LAYOUTS = layouts();

    private PduLayout() {}

    /** The fields of a type in order, reserved bytes included: together exactly 101 bytes. */
    public static List<PduField> of(PduType type) {
        return LAYOUTS.get(type);
    }

    private static Map<PduType, List<PduField>> layouts() {
        Map<PduType, List<PduField>> layouts = new EnumMap<>(PduType.class);
        List<PduField> row = datagram(OWNER_KEY, ROW_FLAGS, TCP_PORT, SIZE, CONTENT_ID, PEER, FILE);
        layouts.put(PduType.REGISTER, row);
        layouts.put(PduType.DEREGISTER, row);
        layouts.put(PduType.SEARCH, datagram(SEARCH_FLAGS, BEFORE_ID, CONTENT_ID, PEER, FILE));
        layouts.put(PduType.LIST, datagram(LIMIT, AFTER_ID, FILTER));
        layouts.put(PduType.FOUND, datagram(FOUND_ID, ROW_FLAGS, TCP_PORT, SIZE, CONTENT_ID, PEER, ADDRESS));
        layouts.put(
                PduType.ENTRY,
                datagram(SEQUENCE, ENTRY_ID, LIST_FLAGS, ROW_FLAGS, PREVIOUS, SIZE, CONTENT_ID, PEER, FILE));
        layouts.put(PduType.ACCEPTED, datagram(OWNER_KEY, LEASE_SECONDS, NEWEST_TX, HELD, SUM, TEXT));
        layouts.put(PduType.REFUSED, datagram(OWNER_KEY, CODE, NEWEST_TX, RETRY_AFTER, TEXT));
        layouts.put(PduType.DOWNLOAD, fill(List.of(TYPE, KIND, OFFSET, LENGTH, ROOT, FILE)));
        layouts.put(PduType.RANGE, fill(List.of(TYPE, KIND, RANGE_FLAGS, OFFSET, LENGTH, ROOT, RANGE_SIZE, MODIFIED)));
        layouts.put(PduType.CONTENT, fill(List.of(TYPE, BYTES)));
        layouts.put(PduType.FAILED, layouts.get(PduType.REFUSED));
        return layouts;
    }

    private static List<PduField> datagram(PduField... afterHead) {
        List<PduField> fields = new ArrayList<>(List.of(TYPE, VERSION, TX, COOKIE));
        fields.addAll(List.of(afterHead));
        return fill(fields);
    }

    /** Names the bytes between the fields, and after the last, as reserved. */
    private static List<PduField> fill(List<PduField> fields) {
        List<PduField> filled = new ArrayList<>();
        int end = 0;
        for (PduField field : fields) {
            addGap(filled, end, field.offset());
            filled.add(field);
            end = field.end();
        }
        addGap(filled, end, PDU_BYTES);
        return List.copyOf(filled);
    }

    private static void addGap(List<PduField> fields, int from, int to) {
        if (to < from) {
            throw new IllegalStateException("fields overlap at offset " + to);
        }
        if (to > from) {
            fields.add(new PduField(PduField.RESERVED, from, to - from));
        }
    }
}
