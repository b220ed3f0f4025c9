package p101.peer;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The futures that a peer has given out and not yet completed, so that none stays open when it ends. Any thread. */
final class Promises {
    private final Set<CompletableFuture<Ending>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** A new one; completed already when the peer has ended. */
    CompletableFuture<Ending> open() {
        CompletableFuture<Ending> promise = new CompletableFuture<>();
        open.add(promise);
        promise.whenComplete((ending, failure) -> open.remove(promise));
        if (cancelled) {
            promise.complete(Ending.CANCELLED);
        }
        return promise;
    }

    void cancelAll() {
        cancelled = true;
        open.forEach(promise -> promise.complete(Ending.CANCELLED));
    }
}
