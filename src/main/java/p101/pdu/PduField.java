package p101.pdu;

/**
 * One field of a layout: where its bytes are.
 *
 * @param name as the tables of spec/PDU.md call it
 * @param offset of its first byte, from the type byte at 0
 * @param length bytes
 */
public record PduField(String name, int offset, int length) {
    static final String RESERVED = "reserved";

    /** The offset after the last byte. */
    public int end() {
        return offset + length;
    }

    /** Whether its bytes are sent as 0 and ignored when received. */
    public boolean isReserved() {
        return name.equals(RESERVED);
    }

    /** The field that begins where this one ends. */
    PduField then(String nextName, int nextLength) {
        return new PduField(nextName, end(), nextLength);
    }
}
