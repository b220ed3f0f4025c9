package p101.model;

/**
 * A peer or file name that the rules of spec/PDU.md (section "Names") refuse. The message is one sentence for a person.
 *
 * <p>It carries no stack trace: a flood of malformed datagrams must stay cheap to refuse.
 */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidNameException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
