package p101.rendezvous;

import java.util.function.Consumer;

/** One way of speaking to the {@link PeerDirectory}. Decides and words; knows no socket. */
interface Form {
    /**
     * Answers a request.
     *
     * @param date the time as HTTP writes it
     * @param answers called exactly once, perhaps before this returns
     */
    void answer(HttpRequest request, Asker asker, long nowNanos, String date, Consumer<HttpAnswer> answers);
}
