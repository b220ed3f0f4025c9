package p101.pdu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Between 101 bytes and {@link Pdu} records. Stateless and safe from any thread. Buffers are heap or direct, in the JDK's
 * default order (big-endian). spec/PDU.md, sections 3, 4 and 12.
 */
public final class PduCodec {
    private PduCodec() {}

    /**
     * Decodes the 101 bytes between the buffer's position and limit; the position is left where it was. Reserved bytes and
     * unknown flags are ignored.
     *
     * @throws PduException when they are not a PDU that may travel on this channel; the reason says why
     */
    public static Pdu decode(Channel channel, ByteBuffer bytes) throws PduException {
        checkOrder(bytes);
        if (bytes.remaining() != PduLayout.PDU_BYTES) {
            throw new PduException(PduReason.LENGTH, "a PDU has 101 bytes");
        }
        int base = bytes.position();
        PduType type = PduType.of(channel, bytes.get(base));
        if (type.hasVersion()) {
            checkVersion(channel, FieldReader.u8(bytes, base, PduLayout.VERSION));
        }
        return PduDecoder.decode(type, bytes, base);
    }

    /**
     * The same for an answer whose names broke a rule, as far as it goes without them: they are read as empty. A walk can then go on
     * after a row that cannot be shown.
     *
     * @throws PduException when something else is wrong with it too
     */
    public static Pdu decodeNameless(Channel channel, ByteBuffer bytes) throws PduException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        if (copy.length == PduLayout.PDU_BYTES) {
            for (PduField field : PduLayout.of(PduType.of(channel, copy[0]))) {
                if (field.equals(PduLayout.PEER) || field.equals(PduLayout.FILE)) {
                    Arrays.fill(copy, field.offset(), field.end(), (byte) 0);
                }
            }
        }
        return decode(channel, ByteBuffer.wrap(copy));
    }

    /**
     * Writes 101 bytes at the buffer's position and moves it; reserved bytes are written as 0.
     *
     * @throws IllegalArgumentException when a value does not fit its field
     * @throws java.nio.BufferOverflowException when fewer than 101 bytes remain
     */
    public static void encode(Pdu pdu, ByteBuffer bytes) {
        checkOrder(bytes);
        if (bytes.remaining() < PduLayout.PDU_BYTES) {
            throw new java.nio.BufferOverflowException();
        }
        int base = bytes.position();
        PduEncoder.encode(pdu, bytes, base);
        bytes.position(base + PduLayout.PDU_BYTES);
    }

    /**
     * The tx of 101 bytes that came as a datagram, decodable or not: an E "malformed" echoes it.
     *
     * @throws IndexOutOfBoundsException when there are fewer bytes than that
     */
    public static int tx(ByteBuffer bytes) {
        return FieldReader.u32(bytes, bytes.position(), PduLayout.TX);
    }

    /**
     * The owner key of an R or T of 101 bytes, decodable or not, and 0 for every other type: an E "malformed" echoes it.
     *
     * @throws IndexOutOfBoundsException when there are fewer bytes than that
     */
    public static long ownerKey(ByteBuffer bytes) {
        byte type = bytes.get(bytes.position());
        boolean hasKey = type == PduType.REGISTER.code() || type == PduType.DEREGISTER.code();
        return hasKey ? FieldReader.bits64(bytes, bytes.position(), PduLayout.OWNER_KEY) : 0;
    }

    /** The text cut, at a code point, to the 69 bytes that an A or E can carry. */
    public static String fitText(String text) {
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (codePoint == 0 || bytes > PduLayout.TEXT.length()) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }

    private static void checkVersion(Channel channel, int version) throws PduException {
        if ((version & PduLayout.VERSION_MASK) != PduLayout.VERSION_NUMBER) {
            throw new PduException(PduReason.VERSION, PduLayout.VERSION, "this is version 1 of the protocol");
        }
        boolean answer = (version & PduLayout.ANSWER_BIT) != 0;
        if (answer == (channel == Channel.TO_INDEX)) {
            throw new PduException(
                    PduReason.DIRECTION, PduLayout.VERSION, "the answer bit is wrong for this direction");
        }
    }

    private static void checkOrder(ByteBuffer bytes) {
        if (bytes.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("the buffer must be big-endian");
        }
    }
}
