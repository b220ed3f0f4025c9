package p101.pdu;

import java.nio.ByteBuffer;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** From a record to 101 bytes at {@code base}. What the decoder would refuse is refused here too. */
final class PduEncoder {
    private PduEncoder() {}

    static void encode(Pdu pdu, ByteBuffer bytes, int base) {
        FieldWriter.clear(bytes, base);
        FieldWriter.u8(bytes, base, PduLayout.TYPE, pdu.type().code());
        if (pdu instanceof Pdu.Datagram datagram) {
            encodeDatagram(datagram, bytes, base);
        } else if (pdu instanceof Pdu.Block block) {
            FieldWriter.raw(bytes, base, PduLayout.BYTES, block.bytes());
        } else if (pdu instanceof Pdu.Download download) {
            download(download, bytes, base);
        } else if (pdu instanceof Pdu.Range range) {
            range(range, bytes, base);
        } else if (pdu instanceof Pdu.Failed failed) {
            version(failed, bytes, base);
            error(failed.code(), failed.retryAfterSeconds(), failed.text(), bytes, base);
        }
    }

    private static void encodeDatagram(Pdu.Datagram pdu, ByteBuffer bytes, int base) {
        version(pdu, bytes, base);
        FieldWriter.u32(bytes, base, PduLayout.TX, pdu.tx());
        FieldWriter.u32(bytes, base, PduLayout.COOKIE, pdu.cookie());
        if (pdu instanceof Pdu.Found found) {
            found(found, bytes, base);
        } else if (pdu instanceof Pdu.Accepted accepted) {
            accepted(accepted, bytes, base);
        } else if (pdu instanceof Pdu.Entry entry) {
            entry(entry, bytes, base);
        } else if (pdu instanceof Pdu.Refused refused) {
            refused(refused, bytes, base);
        } else if (pdu instanceof Pdu.Search search) {
            search(search, bytes, base);
        } else if (pdu instanceof Pdu.Register register) {
            register(register, bytes, base);
        } else if (pdu instanceof Pdu.ListRequest list) {
            list(list, bytes, base);
        } else if (pdu instanceof Pdu.Deregister deregister) {
            deregister(deregister, bytes, base);
        }
    }

    private static void version(Pdu pdu, ByteBuffer bytes, int base) {
        int answer = pdu.type().channel() == Channel.TO_INDEX ? 0 : PduLayout.ANSWER_BIT;
        FieldWriter.u8(bytes, base, PduLayout.VERSION, answer | PduLayout.VERSION_NUMBER);
    }

    private static void register(Pdu.Register pdu, ByteBuffer bytes, int base) {
        owner(pdu.ownerKey(), pdu.tcpPort(), pdu.peer(), bytes, base);
        row(pdu.rowFlags(), pdu.size(), pdu.content(), pdu.peer(), bytes, base);
        file(pdu.file(), bytes, base);
    }

    private static void deregister(Pdu.Deregister pdu, ByteBuffer bytes, int base) {
        owner(pdu.ownerKey(), pdu.tcpPort(), pdu.peer(), bytes, base);
        row(pdu.rowFlags(), pdu.size(), pdu.content(), pdu.peer(), bytes, base);
        file(pdu.file(), bytes, base);
    }

    private static void search(Pdu.Search pdu, ByteBuffer bytes, int base) {
        FieldWriter.u8(bytes, base, PduLayout.SEARCH_FLAGS, pdu.partialToo() ? 1 : 0);
        FieldWriter.u48(bytes, base, PduLayout.BEFORE_ID, pdu.beforeId());
        FieldWriter.bits64(bytes, base, PduLayout.CONTENT_ID, pdu.content().bits());
        FieldWriter.text(bytes, base, PduLayout.PEER, pdu.peer().value());
        file(pdu.file(), bytes, base);
    }

    private static void list(Pdu.ListRequest pdu, ByteBuffer bytes, int base) {
        FieldWriter.u8(bytes, base, PduLayout.LIMIT, pdu.limit());
        FieldWriter.u48(bytes, base, PduLayout.AFTER_ID, pdu.afterId());
        FieldWriter.text(bytes, base, PduLayout.FILTER, pdu.filter());
    }

    private static void found(Pdu.Found pdu, ByteBuffer bytes, int base) {
        require(pdu.id() != 0, "a row's id may not be 0");
        require(pdu.tcpPort() != 0, "the TCP port may not be 0");
        FieldWriter.u48(bytes, base, PduLayout.FOUND_ID, pdu.id());
        FieldWriter.u16(bytes, base, PduLayout.TCP_PORT, pdu.tcpPort());
        row(pdu.rowFlags(), pdu.size(), pdu.content(), pdu.peer(), bytes, base);
        FieldWriter.address(bytes, base, PduLayout.ADDRESS, pdu.address());
    }

    private static void entry(Pdu.Entry pdu, ByteBuffer bytes, int base) {
        require((pdu.listFlags() & ~ListFlags.ALL) == 0, "unknown list flags");
        require(pdu.id() != 0 || (pdu.listFlags() & ListFlags.EMPTY) != 0, "a row's id may not be 0");
        FieldWriter.u8(bytes, base, PduLayout.SEQUENCE, pdu.sequence());
        FieldWriter.u48(bytes, base, PduLayout.ENTRY_ID, pdu.id());
        FieldWriter.u8(bytes, base, PduLayout.LIST_FLAGS, pdu.listFlags());
        FieldWriter.u16(bytes, base, PduLayout.PREVIOUS, pdu.previous());
        row(pdu.rowFlags(), pdu.size(), pdu.content(), pdu.peer(), bytes, base);
        file(pdu.file(), bytes, base);
    }

    private static void accepted(Pdu.Accepted pdu, ByteBuffer bytes, int base) {
        require(pdu.ownerKey() != 0, "the owner key may not be 0");
        FieldWriter.bits64(bytes, base, PduLayout.OWNER_KEY, pdu.ownerKey());
        FieldWriter.u16(bytes, base, PduLayout.LEASE_SECONDS, pdu.leaseSeconds());
        FieldWriter.u32(bytes, base, PduLayout.NEWEST_TX, pdu.newestTx());
        FieldWriter.u32(bytes, base, PduLayout.HELD, pdu.heldRows());
        FieldWriter.u32(bytes, base, PduLayout.SUM, pdu.txSum());
        FieldWriter.text(bytes, base, PduLayout.TEXT, pdu.text());
    }

    private static void refused(Pdu.Refused pdu, ByteBuffer bytes, int base) {
        FieldWriter.bits64(bytes, base, PduLayout.OWNER_KEY, pdu.ownerKey());
        FieldWriter.u32(bytes, base, PduLayout.NEWEST_TX, pdu.newestTx());
        error(pdu.code(), pdu.retryAfterSeconds(), pdu.text(), bytes, base);
    }

    private static void error(ErrorCode code, int retryAfterSeconds, String text, ByteBuffer bytes, int base) {
        FieldWriter.u16(bytes, base, PduLayout.CODE, code.code());
        FieldWriter.u16(bytes, base, PduLayout.RETRY_AFTER, retryAfterSeconds);
        FieldWriter.text(bytes, base, PduLayout.TEXT, text);
    }

    private static void download(Pdu.Download pdu, ByteBuffer bytes, int base) {
        require(!pdu.root().isNone() || !pdu.file().isNone(), "a D names a root or a file");
        FieldWriter.u8(bytes, base, PduLayout.KIND, pdu.kind().code());
        FieldWriter.u48(bytes, base, PduLayout.OFFSET, pdu.offset());
        FieldWriter.u48(bytes, base, PduLayout.LENGTH, pdu.length());
        require(pdu.offset() + pdu.length() <= FieldWriter.MAX_U48, "offset and length pass the end");
        FieldWriter.root(bytes, base, PduLayout.ROOT, pdu.root());
        file(pdu.file(), bytes, base);
    }

    private static void range(Pdu.Range pdu, ByteBuffer bytes, int base) {
        require(!pdu.root().isNone(), "an A on TCP carries the full root, not 0");
        FieldWriter.u8(bytes, base, PduLayout.KIND, pdu.kind().code());
        FieldWriter.u8(bytes, base, PduLayout.RANGE_FLAGS, pdu.complete() ? 1 : 0);
        FieldWriter.u48(bytes, base, PduLayout.OFFSET, pdu.offset());
        FieldWriter.u48(bytes, base, PduLayout.LENGTH, pdu.length());
        FieldWriter.root(bytes, base, PduLayout.ROOT, pdu.root());
        FieldWriter.u48(bytes, base, PduLayout.RANGE_SIZE, pdu.size());
        FieldWriter.u48(bytes, base, PduLayout.MODIFIED, pdu.modifiedMillis());
        long end = pdu.kind() == RangeKind.CONTENT ? pdu.size() : pdu.kind().maxBytes();
        require(pdu.offset() + pdu.length() <= end, "offset and length pass the end");
    }

    private static void owner(long ownerKey, int tcpPort, PeerName peer, ByteBuffer bytes, int base) {
        require(ownerKey != 0, "the owner key may not be 0");
        require(tcpPort != 0, "the TCP port may not be 0");
        require(!peer.isNone(), "R and T carry a peer name");
        FieldWriter.bits64(bytes, base, PduLayout.OWNER_KEY, ownerKey);
        FieldWriter.u16(bytes, base, PduLayout.TCP_PORT, tcpPort);
    }

    /** The fields that every row has at the same offsets, whatever PDU carries it. */
    private static void row(int rowFlags, long size, ContentId content, PeerName peer, ByteBuffer bytes, int base) {
        require((rowFlags & ~RowFlags.ALL) == 0, "unknown row flags");
        FieldWriter.u8(bytes, base, PduLayout.ROW_FLAGS, rowFlags);
        FieldWriter.u48(bytes, base, PduLayout.SIZE, size);
        FieldWriter.bits64(bytes, base, PduLayout.CONTENT_ID, content.bits());
        FieldWriter.text(bytes, base, PduLayout.PEER, peer.value());
    }

    private static void file(FileName file, ByteBuffer bytes, int base) {
        FieldWriter.text(bytes, base, PduLayout.FILE, file.value());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
