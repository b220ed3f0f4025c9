package p101.fetch;

import p101.model.Shown;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;

/** What a source's refusal means for it. spec/PDU.md, section "Error codes". */
final class Refusals {
    private Refusals() {}

    static DropReason reason(ErrorCode code) {
        return switch (code) {
            case BUSY, LIMIT -> DropReason.BUSY;
            case NOT_FOUND -> DropReason.GONE;
            case UNSUPPORTED -> DropReason.UNSUPPORTED;
            case CHANGED -> DropReason.OTHER_CONTENT;
            default -> DropReason.PROTOCOL;
        };
    }

    static String text(Pdu.Failed refusal) {
        return "it says: " + Shown.text(refusal.text());
    }
}
