package p101.pdu;

import java.util.Optional;

/**
 * Bytes that are not a PDU. Checked, caught in one place for each door, and counted by its reason; it carries no stack trace,
 * so that a flood of rubbish stays cheap.
 */
public final class PduException extends Exception {
    private static final long serialVersionUID = 1L;

    private final PduReason reason;

    /** The field that is wrong; {@code null} when it is the PDU as a whole. */
    private final transient PduField field;

    public PduException(PduReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.field = null;
    }

    PduException(PduReason reason, PduField field, String message) {
        super(field.name() + ": " + message, null, false, false);
        this.reason = reason;
        this.field = field;
    }

    public PduReason reason() {
        return reason;
    }

    /** Where it is wrong; nothing when the PDU as a whole is, as with a wrong length. */
    public Optional<PduField> field() {
        return Optional.ofNullable(field);
    }
}
