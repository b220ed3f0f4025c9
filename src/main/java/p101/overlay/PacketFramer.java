package p101.overlay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import p101.model.Endpoint;

/**
 * Cuts a stream into packets and ACKs, whatever pieces it comes in. It holds memory only for what is unfinished, and for no
 * more of it than has come, whatever length the header tells. One thread. spec/OVERLAY.md, sections 2 and 4.
 *
 * <p>After a {@link BadPacketException} it is of no more use: where the next packet begins is not known.
 */
final class PacketFramer {
    private static final int VERSION = 1;
    /** The body length that tells "RESACK", also when "ACK" is left out. */
    private static final int REGISTERED_BYTES = 6;

    private static final int WORD_BYTES = 3;
    private static final byte[] EMPTY = {};
    private static final StreamItem ACK = new StreamItem.Ack();

    private byte[] unfinished = EMPTY;
    private int length;
    /** The last packet was a register response that may have its ACK still to come. */
    private boolean tailAllowed;

    // Of the packet that is being read; type is -1 while the first eight bytes are not complete.
    private Form form;
    private int type = -1;
    private int bodyBytes;

    /**
     * Takes bytes up to the end of the next item.
     *
     * @return {@code null} when all bytes were taken and the item is not complete yet
     */
    StreamItem next(ByteBuffer in) throws BadPacketException {
        while (true) {
            int wanted = wanted();
            if (length == wanted) {
                StreamItem item = finish();
                if (item != null) {
                    return item;
                }
            } else if (in.hasRemaining()) {
                keep(in, Math.min(wanted - length, in.remaining()));
            } else {
                return null;
            }
        }
    }

    /** Bytes of the unfinished item. */
    int pendingBytes() {
        return length;
    }

    /** How many bytes of the item must be there before anything more can be said about it, or before it is complete. */
    private int wanted() throws BadPacketException {
        if (length == 0) {
            return 1;
        }
        if (unfinished[0] == PacketCodec.ACK[0]) {
            return PacketCodec.ACK.length;
        }
        if (type < 0) {
            if (length < Form.PREFIX_BYTES) {
                form = formOf(unfinished[0]);
                return Form.PREFIX_BYTES;
            }
            readPrefix();
        }
        return type == PacketType.REUNION && length == Form.PREFIX_BYTES && bodyBytes > 0
                ? Form.PREFIX_BYTES + 1
                : wantedOfPacket();
    }

    private int wantedOfPacket() {
        int header = headerBytes();
        if (length < header) {
            return header;
        }
        boolean registered = type == PacketType.REGISTER && bodyBytes == REGISTERED_BYTES;
        if (registered && length <= header + WORD_BYTES && !isOther(header)) {
            return header + WORD_BYTES;
        }
        return header + bodyBytes;
    }

    /** Whether what has come of the body is no register response. */
    private boolean isOther(int header) {
        return length == header + WORD_BYTES && !isResponse(header);
    }

    private boolean isResponse(int header) {
        return unfinished[header] == 'R' && unfinished[header + 1] == 'E' && unfinished[header + 2] == 'S';
    }

    /** A reunion may come without a source: then its body begins where the source would, with an R. */
    private int headerBytes() {
        boolean withoutSource =
                type == PacketType.REUNION && length > Form.PREFIX_BYTES && unfinished[Form.PREFIX_BYTES] == 'R';
        return withoutSource ? Form.PREFIX_BYTES : form.headerBytes();
    }

    private static Form formOf(byte first) throws BadPacketException {
        for (Form form : Form.values()) {
            if (first == form.firstByte()) {
                return form;
            }
        }
        throw new BadPacketException("bytes that begin no packet");
    }

    private void readPrefix() throws BadPacketException {
        long told;
        if (form == Form.ASCII) {
            type = AddressText.readNumber(unfinished, 1, 2);
            told = AddressText.readNumber(unfinished, 3, 5);
        } else {
            ByteBuffer prefix = ByteBuffer.wrap(unfinished);
            if (Short.toUnsignedInt(prefix.getShort(0)) != VERSION) {
                throw new BadPacketException("another version");
            }
            told = Integer.toUnsignedLong(prefix.getInt(4));
            type = Short.toUnsignedInt(prefix.getShort(2));
        }
        if (told > PacketCodec.MAX_BODY_BYTES) {
            throw new BadPacketException("a body of more than " + PacketCodec.MAX_BODY_BYTES + " bytes");
        }
        bodyBytes = (int) told;
    }

    /** Everything wanted has come: an item, or {@code null} when that only told how much more is wanted. */
    private StreamItem finish() throws BadPacketException {
        if (unfinished[0] == PacketCodec.ACK[0]) {
            return length == PacketCodec.ACK.length ? finishAck() : null;
        }
        if (type < 0) {
            formOf(unfinished[0]);
            return null;
        }
        int header = headerBytes();
        boolean complete = length == header + bodyBytes;
        boolean shortResponse = type == PacketType.REGISTER
                && bodyBytes == REGISTERED_BYTES
                && length == header + WORD_BYTES
                && isResponse(header);
        return complete || shortResponse ? finishPacket(header, shortResponse) : null;
    }

    private StreamItem finishAck() throws BadPacketException {
        if (!Arrays.equals(unfinished, 0, length, PacketCodec.ACK, 0, length)) {
            throw new BadPacketException("bytes that begin no packet");
        }
        boolean tail = tailAllowed;
        reset();
        return tail ? null : ACK;
    }

    private StreamItem finishPacket(int header, boolean shortResponse) throws BadPacketException {
        Endpoint source = header == Form.PREFIX_BYTES ? null : source();
        byte[] body = Arrays.copyOfRange(unfinished, header, length);
        StreamItem item = new StreamItem.Framed(form, type, source, body);
        reset();
        tailAllowed = shortResponse;
        return item;
    }

    private void reset() {
        unfinished = EMPTY;
        length = 0;
        type = -1;
        tailAllowed = false;
    }

    private Endpoint source() throws BadPacketException {
        if (form == Form.ASCII) {
            return AddressText.read(unfinished, Form.PREFIX_BYTES);
        }
        ByteBuffer header = ByteBuffer.wrap(unfinished);
        byte[] octets = new byte[4];
        for (int i = 0; i < octets.length; i++) {
            int at = Form.PREFIX_BYTES + 2 * i;
            octets[i] = (byte) AddressText.checkOctet(Short.toUnsignedInt(header.getShort(at)));
        }
        return AddressText.endpoint(octets, AddressText.checkPort(Integer.toUnsignedLong(header.getInt(16))));
    }

    private void keep(ByteBuffer in, int count) {
        if (length + count > unfinished.length) {
            // Room for what is known to come, but never much more than has come: a header may lie about its length.
            int capacity = Math.max(length + count, Math.max(Form.ASCII.headerBytes(), 2 * length));
            unfinished = Arrays.copyOf(unfinished, capacity);
        }
        in.get(unfinished, length, count);
        length += count;
    }
}
