package p101.pdu;

/**
 * Bytes that are not a PDU. Checked, caught in one place for each door, and counted by its reason; it carries no stack trace,
 * so that a flood of rubbish stays cheap.
 */
public final class PduException extends Exception {
    private static final long serialVersionUID = 1L;

    private final PduReason reason;

    public PduException(PduReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public PduReason reason() {
        return reason;
    }
}
