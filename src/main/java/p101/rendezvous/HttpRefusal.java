package p101.rendezvous;

/** A request that cannot be read to its end; its message is its status. */
final class HttpRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final Status status;

    HttpRefusal(Status status) {
        super(status.reason());
        this.status = status;
    }

    Status status() {
        return status;
    }
}
