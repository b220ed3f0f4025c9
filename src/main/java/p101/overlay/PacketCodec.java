package p101.overlay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import p101.model.Endpoint;

/** Packets as bytes. Pure. spec/OVERLAY.md, sections 2 and 3. */
final class PacketCodec {
    /** Most bytes of a body: what five digits can say, so that either form can carry what the other does. */
    static final int MAX_BODY_BYTES = 99_999;

    /** What a packet is answered with. */
    static final byte[] ACK = {'A', 'C', 'K'};

    /** Most addresses of a path: what two digits can say. */
    static final int MAX_PATH = 99;

    private static final int VERSION = 1;
    private static final byte[] REQUEST = ascii("REQ");
    private static final byte[] RESPONSE = ascii("RES");
    private static final byte[] REGISTERED = ascii("RESACK");
    private static final byte[] JOINING = ascii("JOIN");
    private static final int WORD_BYTES = 3;
    private static final int COUNT_BYTES = 2;

    private PacketCodec() {}

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The bytes of a packet; without a source it is written without one.
     *
     * @throws IllegalArgumentException when an address is not IPv4, the body too long or the path empty or too long
     */
    static byte[] encode(Packet packet) {
        byte[] body = body(packet.body());
        if (body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a body has at most " + MAX_BODY_BYTES + " bytes, not " + body.length);
        }
        Form form = packet.form();
        int headerBytes = packet.source() == null ? Form.PREFIX_BYTES : form.headerBytes();
        byte[] bytes = new byte[headerBytes + body.length];
        if (form == Form.ASCII) {
            AddressText.writeNumber(VERSION, 1, bytes, 0);
            AddressText.writeNumber(packet.body().type(), 2, bytes, 1);
            AddressText.writeNumber(body.length, 5, bytes, 3);
            if (packet.source() != null) {
                AddressText.write(packet.source(), bytes, Form.PREFIX_BYTES);
            }
        } else {
            writeBinaryHeader(packet, body.length, ByteBuffer.wrap(bytes));
        }
        System.arraycopy(body, 0, bytes, headerBytes, body.length);
        return bytes;
    }

    private static void writeBinaryHeader(Packet packet, int bodyBytes, ByteBuffer out) {
        out.putShort((short) VERSION).putShort((short) packet.body().type()).putInt(bodyBytes);
        if (packet.source() != null) {
            for (byte octet : AddressText.octets(packet.source())) {
                out.putShort((short) (octet & 0xFF));
            }
            out.putInt(packet.source().port());
        }
    }

    private static byte[] body(Body body) {
        if (body instanceof Body.RegisterRequest request) {
            return request.claimed() == null ? REQUEST.clone() : withAddress(REQUEST, request.claimed());
        } else if (body instanceof Body.RegisterResponse) {
            return REGISTERED.clone();
        } else if (body instanceof Body.AdvertiseRequest) {
            return REQUEST.clone();
        } else if (body instanceof Body.AdvertiseResponse response) {
            return withAddress(RESPONSE, response.parent());
        } else if (body instanceof Body.Join) {
            return JOINING.clone();
        } else if (body instanceof Body.ReunionRequest request) {
            return withPath(REQUEST, request.path());
        } else if (body instanceof Body.ReunionResponse response) {
            return withPath(RESPONSE, response.path());
        }
        ByteBuffer text = ((Body.Message) body).bytes();
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        return bytes;
    }

    private static byte[] withAddress(byte[] word, Endpoint address) {
        byte[] bytes = new byte[WORD_BYTES + AddressText.CHARS];
        System.arraycopy(word, 0, bytes, 0, WORD_BYTES);
        AddressText.write(address, bytes, WORD_BYTES);
        return bytes;
    }

    private static byte[] withPath(byte[] word, List<Endpoint> path) {
        if (path.size() > MAX_PATH) {
            throw new IllegalArgumentException("a path has at most " + MAX_PATH + " addresses");
        }
        byte[] bytes = new byte[WORD_BYTES + COUNT_BYTES + path.size() * AddressText.CHARS];
        System.arraycopy(word, 0, bytes, 0, WORD_BYTES);
        AddressText.writeNumber(path.size(), COUNT_BYTES, bytes, WORD_BYTES);
        int at = WORD_BYTES + COUNT_BYTES;
        for (Endpoint hop : path) {
            AddressText.write(hop, bytes, at);
            at += AddressText.CHARS;
        }
        return bytes;
    }

    /**
     * Reads the body of a packet.
     *
     * @throws BadPacketException when the type is unknown or the body is not what the type wants
     */
    static Packet decode(StreamItem.Framed framed) throws BadPacketException {
        byte[] bytes = framed.body();
        Body body = switch (framed.type()) {
            case PacketType.REGISTER ->
                starts(bytes, RESPONSE) ? new Body.RegisterResponse() : new Body.RegisterRequest(claimed(bytes));
            case PacketType.ADVERTISE -> advertise(bytes);
            case PacketType.JOIN -> join(bytes);
            case PacketType.MESSAGE -> new Body.Message(ByteBuffer.wrap(bytes));
            case PacketType.REUNION -> reunion(bytes);
            default -> throw new BadPacketException("an unknown type of packet");
        };
        return new Packet(framed.form(), framed.source(), body);
    }

    private static boolean starts(byte[] bytes, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (i >= bytes.length || bytes[i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String otherwise) throws BadPacketException {
        if (!holds) {
            throw new BadPacketException(otherwise);
        }
    }

    /** Nobody depends on it, so it may be anything. */
    private static Endpoint claimed(byte[] bytes) throws BadPacketException {
        require(starts(bytes, REQUEST), "a register that neither asks nor answers");
        if (bytes.length != WORD_BYTES + AddressText.CHARS) {
            return null;
        }
        try {
            return AddressText.read(bytes, WORD_BYTES);
        } catch (BadPacketException unreadable) {
            return null;
        }
    }

    private static Body advertise(byte[] bytes) throws BadPacketException {
        if (starts(bytes, REQUEST)) {
            return new Body.AdvertiseRequest();
        }
        require(starts(bytes, RESPONSE), "an advertise that neither asks nor answers");
        require(bytes.length == WORD_BYTES + AddressText.CHARS, "an advertise with a body of the wrong length");
        return new Body.AdvertiseResponse(AddressText.read(bytes, WORD_BYTES));
    }

    private static Body join(byte[] bytes) throws BadPacketException {
        require(starts(bytes, JOINING), "a join without its word");
        return new Body.Join();
    }

    private static Body reunion(byte[] bytes) throws BadPacketException {
        boolean request = starts(bytes, REQUEST);
        require(request || starts(bytes, RESPONSE), "a reunion that neither asks nor answers");
        int at = WORD_BYTES + COUNT_BYTES;
        require(bytes.length >= at, "a reunion without a count");
        int count = AddressText.readNumber(bytes, WORD_BYTES, COUNT_BYTES);
        require(bytes.length == at + count * AddressText.CHARS, "a reunion with another count than its addresses");
        List<Endpoint> path = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            path.add(AddressText.read(bytes, at + i * AddressText.CHARS));
        }
        return request ? new Body.ReunionRequest(path) : new Body.ReunionResponse(path);
    }
}
