package p101.pdu;

import java.nio.ByteBuffer;

/** Between 101 bytes and {@link Pdu} records. Stateless and safe from any thread. spec/PDU.md, sections 3 and 4. */
public final class PduCodec {
    private PduCodec() {}

    /**
     * Decodes the 101 bytes between the buffer's position and limit; the position is left where it was.
     *
     * @throws PduException when they are not a PDU that may travel on this channel; the reason says why
     */
    public static Pdu decode(Channel channel, ByteBuffer bytes) throws PduException {
        throw new PduException(PduReason.TYPE, channel + " " + bytes);
    }

    /**
     * Writes 101 bytes at the buffer's position and moves it; reserved bytes are written as 0.
     *
     * @throws IllegalArgumentException when a value does not fit its field
     * @throws java.nio.BufferOverflowException when fewer than 101 bytes remain
     */
    public static void encode(Pdu pdu, ByteBuffer bytes) {
        throw new IllegalArgumentException(pdu + " " + bytes);
    }
}
