package p101.rendezvous;

/** What an {@link HttpReader} found in the bytes. */
sealed interface HttpEvent {
    /** A whole request. */
    record Complete(HttpRequest request) implements HttpEvent {}

    /** The sender waits for the word to go on before it sends the body. */
    record AwaitsContinue() implements HttpEvent {}

    /** No request can be read from this connection any more. */
    record Refused(Status status) implements HttpEvent {}
}
