package p101.rendezvous;

/** What came is no JSON; the message says where. */
final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonException(String what, int at) {
        super(what + " at character " + at);
    }
}
