package p101.index;

import p101.pdu.ErrorCode;
import p101.registry.Refusal;

/**
 * How a refusal of the registry is told: code, text, and when to try again. spec/PDU.md, section 11.
 *
 * @param retryAfterSeconds 0 = trying again does not help
 * @param text at most 69 bytes
 */
record RefusalAnswer(ErrorCode code, int retryAfterSeconds, String text) {
    /** Room comes free when leases and floors end. */
    private static final int WHEN_LEASES_END_SECONDS = 30;

    private static final int SOON_SECONDS = 2;

    static RefusalAnswer of(Refusal refusal) {
        return switch (refusal) {
            case CONFLICT ->
                never(ErrorCode.CONFLICT, "the file belongs to another user of this name: pick another user name");
            case NOT_YOURS ->
                never(ErrorCode.NOT_YOURS, "another user registered this file: only its owner removes it");
            case STALE -> never(ErrorCode.STALE, "older than what the index has: go on above the newest tx");
            case ROWS_IN_ALL -> later("the index is full: try again later");
            case ROWS_PER_ADDRESS -> never(ErrorCode.LIMIT, "too many files are registered from your address");
            case OWNERS_IN_ALL -> later("the index has as many peers as it takes: try again later");
            case OWNERS_PER_ADDRESS -> later("too many peers are registered from your address");
            case LOOKS_PER_REQUEST -> never(ErrorCode.LIMIT, "too many rows to look at: narrow the search");
            case UNAVAILABLE ->
                new RefusalAnswer(ErrorCode.BUSY, SOON_SECONDS, "the index cannot reach its registry: try again soon");
        };
    }

    private static RefusalAnswer never(ErrorCode code, String text) {
        return new RefusalAnswer(code, 0, text);
    }

    private static RefusalAnswer later(String text) {
        return new RefusalAnswer(ErrorCode.LIMIT, WHEN_LEASES_END_SECONDS, text);
    }
}
