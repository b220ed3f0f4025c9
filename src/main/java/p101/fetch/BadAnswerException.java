package p101.fetch;

/** A source sent what it may not: checked, caught where its connection is, and told as the reason why it is dropped. */
final class BadAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    /**
     * @param detail one sentence, safe to print
     */
    BadAnswerException(DropReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    DropReason reason() {
        return reason;
    }
}
