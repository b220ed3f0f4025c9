package p101.pdu;

import java.util.Objects;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;

/**
 * A decoded PDU. Numbers are held as Java's signed types: {@code tx}, {@code cookie}, {@code heldRows} and {@code txSum} are
 * unsigned 32-bit values in an {@code int} (compare with {@link Integer#compareUnsigned}); sizes, offsets, lengths and ids
 * are 48-bit values in a {@code long}. Absent names are {@link PeerName#NONE} and {@link FileName#NONE}. spec/PDU.md,
 * sections 3 (UDP) and 4 (TCP).
 */
public sealed interface Pdu {
    /** The type byte and direction that the record stands for. */
    PduType type();

    /** The three fields that every UDP PDU begins with, after the type. */
    sealed interface Datagram extends Pdu {
        /** Transaction id, unsigned 32 bits. */
        int tx();

        /** Proof of address, 0 = none. */
        int cookie();
    }

    /** What a peer sends to an index. */
    sealed interface Request extends Datagram {}

    /** What an index sends to a peer. */
    sealed interface Answer extends Datagram {}

    /**
     * R: register a file, or, with {@link FileName#NONE}, refresh the owner's lease (create it when there is none).
     *
     * @param ownerKey 8 bytes, never 0
     * @param rowFlags see {@link RowFlags}
     * @param tcpPort 1 to 65535: where the peer's content server listens
     * @param size bytes of the file, 48 bits
     */
    record Register(
            int tx,
            int cookie,
            long ownerKey,
            int rowFlags,
            int tcpPort,
            long size,
            ContentId content,
            PeerName peer,
            FileName file)
            implements Request {
        @Override
        public PduType type() {
            return PduType.REGISTER;
        }
    }

    /** T: de-register a file, or, with {@link FileName#NONE}, all rows of the owner with a smaller tx. Fields as in R. */
    record Deregister(
            int tx,
            int cookie,
            long ownerKey,
            int rowFlags,
            int tcpPort,
            long size,
            ContentId content,
            PeerName peer,
            FileName file)
            implements Request {
        @Override
        public PduType type() {
            return PduType.DEREGISTER;
        }
    }

    /**
     * S to the index: who has it?
     *
     * @param partialToo whether partial sources count as well
     * @param beforeId only rows with a smaller id; 0 = start at the newest
     * @param content {@link ContentId#NONE} = any
     * @param peer {@link PeerName#NONE} = any
     * @param file {@link FileName#NONE} = any
     */
    record Search(
            int tx, int cookie, boolean partialToo, long beforeId, ContentId content, PeerName peer, FileName file)
            implements Request {
        @Override
        public PduType type() {
            return PduType.SEARCH;
        }
    }

    /**
     * O to the index: what is there?
     *
     * @param limit most entries wanted, 0 to 255; 0 = the index's choice
     * @param afterId only rows with a greater id; 0 = from the beginning
     * @param filter a byte substring of the file name; "" = all
     */
    record ListRequest(int tx, int cookie, int limit, long afterId, String filter) implements Request {
        @Override
        public PduType type() {
            return PduType.LIST;
        }
    }

    /**
     * S from the index: one source.
     *
     * @param id the row's id, 48 bits
     * @param tcpPort where the source's content server listens
     * @param address where the source is: 16 bytes of IPv6, IPv4 as v4-mapped
     */
    record Found(
            int tx,
            int cookie,
            long id,
            int rowFlags,
            int tcpPort,
            long size,
            ContentId content,
            PeerName peer,
            java.net.InetAddress address)
            implements Answer {
        @Override
        public PduType type() {
            return PduType.FOUND;
        }
    }

    /**
     * O from the index: one row of a burst.
     *
     * @param sequence position in the burst, from 0
     * @param id the row's id; in an empty entry, where to go on
     * @param listFlags see {@link ListFlags}
     * @param previous the low 16 bits of the id that this entry comes after: that of the entry before, or for the first the
     *     "after id" of the request
     */
    record Entry(
            int tx,
            int cookie,
            int sequence,
            long id,
            int listFlags,
            int rowFlags,
            int previous,
            long size,
            ContentId content,
            PeerName peer,
            FileName file)
            implements Answer {
        /** The field {@code previous} for an entry that comes after this id. */
        public static int previous(long id) {
            return (int) id & 0xFFFF;
        }

        @Override
        public PduType type() {
            return PduType.ENTRY;
        }
    }

    /**
     * A from the index: done.
     *
     * @param leaseSeconds how long the owner lives without a further R, 16 bits
     * @param newestTx the greatest tx that the index knows of the owner
     * @param heldRows rows (not presence) that the index holds for the owner
     * @param txSum the sum of their tx, modulo 2^32
     * @param text for people, at most 69 bytes of UTF-8
     */
    record Accepted(
            int tx, int cookie, long ownerKey, int leaseSeconds, int newestTx, int heldRows, int txSum, String text)
            implements Answer {
        @Override
        public PduType type() {
            return PduType.ACCEPTED;
        }
    }

    /**
     * E from the index: not done, and why.
     *
     * @param ownerKey of the request; 0 for S and O
     * @param code on the wire a 16-bit number
     * @param newestTx with {@link ErrorCode#STALE}: go on above it
     * @param retryAfterSeconds 0 = no advice, 16 bits
     * @param text for people, never parsed
     */
    record Refused(int tx, int cookie, long ownerKey, ErrorCode code, int newestTx, int retryAfterSeconds, String text)
            implements Answer {
        @Override
        public PduType type() {
            return PduType.REFUSED;
        }
    }

    /**
     * D: send me this range.
     *
     * @param offset first byte, 48 bits
     * @param length bytes, 48 bits; 0 = to the end
     * @param root what content; {@link Root#NONE} = whatever has the name; only 8 bytes set = a hint
     * @param file its label; {@link FileName#NONE} is allowed when a root is given
     */
    record Download(RangeKind kind, long offset, long length, Root root, FileName file) implements Pdu {
        @Override
        public PduType type() {
            return PduType.DOWNLOAD;
        }
    }

    /**
     * A on TCP: the range follows in {@code ceil(length / 100)} C.
     *
     * @param complete whether the source has the whole content
     * @param length bytes that follow, 0 or more
     * @param root the content's full root
     * @param size of the whole content
     * @param modifiedMillis when the file was last changed, ms since 1970, 48 bits
     */
    record Range(RangeKind kind, boolean complete, long offset, long length, Root root, long size, long modifiedMillis)
            implements Pdu {
        @Override
        public PduType type() {
            return PduType.RANGE;
        }
    }

    /**
     * C: 100 bytes of content. Only explaining tools decode it into a record; the bulk path never does.
     *
     * @param bytes exactly 100, not to be changed
     */
    record Block(byte[] bytes) implements Pdu {
        @Override
        public PduType type() {
            return PduType.CONTENT;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Block block && java.util.Arrays.equals(bytes, block.bytes);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(bytes);
        }
    }

    /** E on TCP: this request gets no (further) content. Laid out as E on UDP with tx, cookie and key 0. */
    record Failed(ErrorCode code, int retryAfterSeconds, String text) implements Pdu {
        public Failed {
            Objects.requireNonNull(code);
        }

        @Override
        public PduType type() {
            return PduType.FAILED;
        }
    }
}
