package p101.pdu;

import java.nio.ByteBuffer;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;

/** From 101 bytes at {@code base} to a record; every number from outside passes its range check here. */
final class PduDecoder {
    private static final int PARTIAL_TOO = 1;
    private static final int COMPLETE = 1;

    private PduDecoder() {}

    static Pdu decode(PduType type, ByteBuffer bytes, int base) throws PduException {
        return switch (type) {
            case REGISTER -> register(bytes, base);
            case DEREGISTER -> deregister(bytes, base);
            case SEARCH -> search(bytes, base);
            case LIST -> list(bytes, base);
            case FOUND -> found(bytes, base);
            case ENTRY -> entry(bytes, base);
            case ACCEPTED -> accepted(bytes, base);
            case REFUSED -> refused(bytes, base);
            case DOWNLOAD -> download(bytes, base);
            case RANGE -> range(bytes, base);
            case CONTENT -> new Pdu.Block(FieldReader.raw(bytes, base, PduLayout.BYTES));
            case FAILED -> failed(bytes, base);
        };
    }

    private static Pdu register(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Register(
                tx(bytes, base),
                cookie(bytes, base),
                ownerKey(bytes, base),
                rowFlags(bytes, base),
                tcpPort(bytes, base),
                FieldReader.u48(bytes, base, PduLayout.SIZE),
                contentId(bytes, base),
                registeredPeer(bytes, base),
                file(bytes, base));
    }

    private static Pdu deregister(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Deregister(
                tx(bytes, base),
                cookie(bytes, base),
                ownerKey(bytes, base),
                rowFlags(bytes, base),
                tcpPort(bytes, base),
                FieldReader.u48(bytes, base, PduLayout.SIZE),
                contentId(bytes, base),
                registeredPeer(bytes, base),
                file(bytes, base));
    }

    private static Pdu search(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Search(
                tx(bytes, base),
                cookie(bytes, base),
                (FieldReader.u8(bytes, base, PduLayout.SEARCH_FLAGS) & PARTIAL_TOO) != 0,
                FieldReader.u48(bytes, base, PduLayout.BEFORE_ID),
                contentId(bytes, base),
                peer(bytes, base),
                file(bytes, base));
    }

    private static Pdu list(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.ListRequest(
                tx(bytes, base),
                cookie(bytes, base),
                FieldReader.u8(bytes, base, PduLayout.LIMIT),
                FieldReader.u48(bytes, base, PduLayout.AFTER_ID),
                FieldReader.text(bytes, base, PduLayout.FILTER));
    }

    private static Pdu found(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Found(
                tx(bytes, base),
                cookie(bytes, base),
                rowId(FieldReader.u48(bytes, base, PduLayout.FOUND_ID)),
                rowFlags(bytes, base),
                tcpPort(bytes, base),
                FieldReader.u48(bytes, base, PduLayout.SIZE),
                contentId(bytes, base),
                peer(bytes, base),
                FieldReader.address(bytes, base, PduLayout.ADDRESS));
    }

    private static Pdu entry(ByteBuffer bytes, int base) throws PduException {
        int listFlags = FieldReader.u8(bytes, base, PduLayout.LIST_FLAGS) & ListFlags.ALL;
        long id = FieldReader.u48(bytes, base, PduLayout.ENTRY_ID);
        return new Pdu.Entry(
                tx(bytes, base),
                cookie(bytes, base),
                FieldReader.u8(bytes, base, PduLayout.SEQUENCE),
                (listFlags & ListFlags.EMPTY) != 0 ? id : rowId(id),
                listFlags,
                rowFlags(bytes, base),
                FieldReader.u16(bytes, base, PduLayout.PREVIOUS),
                FieldReader.u48(bytes, base, PduLayout.SIZE),
                contentId(bytes, base),
                peer(bytes, base),
                file(bytes, base));
    }

    private static Pdu accepted(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Accepted(
                tx(bytes, base),
                cookie(bytes, base),
                ownerKey(bytes, base),
                FieldReader.u16(bytes, base, PduLayout.LEASE_SECONDS),
                FieldReader.u32(bytes, base, PduLayout.NEWEST_TX),
                FieldReader.u32(bytes, base, PduLayout.HELD),
                FieldReader.u32(bytes, base, PduLayout.SUM),
                FieldReader.text(bytes, base, PduLayout.TEXT));
    }

    private static Pdu refused(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Refused(
                tx(bytes, base),
                cookie(bytes, base),
                FieldReader.bits64(bytes, base, PduLayout.OWNER_KEY),
                errorCode(bytes, base),
                FieldReader.u32(bytes, base, PduLayout.NEWEST_TX),
                FieldReader.u16(bytes, base, PduLayout.RETRY_AFTER),
                FieldReader.text(bytes, base, PduLayout.TEXT));
    }

    private static Pdu failed(ByteBuffer bytes, int base) throws PduException {
        return new Pdu.Failed(
                errorCode(bytes, base),
                FieldReader.u16(bytes, base, PduLayout.RETRY_AFTER),
                FieldReader.text(bytes, base, PduLayout.TEXT));
    }

    private static Pdu download(ByteBuffer bytes, int base) throws PduException {
        RangeKind kind = kind(bytes, base);
        long offset = FieldReader.u48(bytes, base, PduLayout.OFFSET);
        long length = FieldReader.u48(bytes, base, PduLayout.LENGTH);
        checkSum(offset, length, FieldWriter.MAX_U48);
        Root root = FieldReader.root(bytes, base, PduLayout.ROOT);
        FileName file = file(bytes, base);
        if (root.isNone() && file.isNone()) {
            throw new PduException(PduReason.NAME, PduLayout.FILE, "a D names a root or a file");
        }
        return new Pdu.Download(kind, offset, length, root, file);
    }

    private static Pdu range(ByteBuffer bytes, int base) throws PduException {
        RangeKind kind = kind(bytes, base);
        long offset = FieldReader.u48(bytes, base, PduLayout.OFFSET);
        long length = FieldReader.u48(bytes, base, PduLayout.LENGTH);
        long size = FieldReader.u48(bytes, base, PduLayout.RANGE_SIZE);
        checkSum(offset, length, kind == RangeKind.CONTENT ? size : kind.maxBytes());
        Root root = FieldReader.root(bytes, base, PduLayout.ROOT);
        if (root.isNone()) {
            throw new PduException(PduReason.NUMBER, PduLayout.ROOT, "an A carries the full root, not 0");
        }
        boolean complete = (FieldReader.u8(bytes, base, PduLayout.RANGE_FLAGS) & COMPLETE) != 0;
        long modifiedMillis = FieldReader.u48(bytes, base, PduLayout.MODIFIED);
        return new Pdu.Range(kind, complete, offset, length, root, size, modifiedMillis);
    }

    private static int tx(ByteBuffer bytes, int base) {
        return FieldReader.u32(bytes, base, PduLayout.TX);
    }

    private static int cookie(ByteBuffer bytes, int base) {
        return FieldReader.u32(bytes, base, PduLayout.COOKIE);
    }

    private static long ownerKey(ByteBuffer bytes, int base) throws PduException {
        long key = FieldReader.bits64(bytes, base, PduLayout.OWNER_KEY);
        if (key == 0) {
            throw new PduException(PduReason.NUMBER, PduLayout.OWNER_KEY, "it may not be 0");
        }
        return key;
    }

    private static int rowFlags(ByteBuffer bytes, int base) {
        return FieldReader.u8(bytes, base, PduLayout.ROW_FLAGS) & RowFlags.ALL;
    }

    private static int tcpPort(ByteBuffer bytes, int base) throws PduException {
        int port = FieldReader.u16(bytes, base, PduLayout.TCP_PORT);
        if (port == 0) {
            throw new PduException(PduReason.NUMBER, PduLayout.TCP_PORT, "it may not be 0");
        }
        return port;
    }

    /** A walk goes on from an id, and 0 means its beginning: a row with the id 0 would make it run for ever. */
    private static long rowId(long id) throws PduException {
        if (id == 0) {
            throw new PduException(PduReason.NUMBER, PduLayout.ENTRY_ID, "a row's id may not be 0");
        }
        return id;
    }

    private static ContentId contentId(ByteBuffer bytes, int base) {
        long bits = FieldReader.bits64(bytes, base, PduLayout.CONTENT_ID);
        return bits == 0 ? ContentId.NONE : new ContentId(bits);
    }

    private static PeerName peer(ByteBuffer bytes, int base) throws PduException {
        return FieldReader.peerName(bytes, base, PduLayout.PEER);
    }

    private static PeerName registeredPeer(ByteBuffer bytes, int base) throws PduException {
        PeerName peer = peer(bytes, base);
        if (peer.isNone()) {
            throw new PduException(PduReason.NAME, PduLayout.PEER, "R and T need one");
        }
        return peer;
    }

    private static FileName file(ByteBuffer bytes, int base) throws PduException {
        return FieldReader.fileName(bytes, base, PduLayout.FILE);
    }

    private static ErrorCode errorCode(ByteBuffer bytes, int base) throws PduException {
        return ErrorCode.of(FieldReader.u16(bytes, base, PduLayout.CODE));
    }

    private static RangeKind kind(ByteBuffer bytes, int base) throws PduException {
        return RangeKind.of(FieldReader.u8(bytes, base, PduLayout.KIND));
    }

    private static void checkSum(long offset, long length, long max) throws PduException {
        if (offset + length > max) {
            throw new PduException(PduReason.NUMBER, PduLayout.LENGTH, "offset and length pass the end");
        }
    }
}
