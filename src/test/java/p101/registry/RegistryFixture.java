package p101.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;

/** A registry with short words for what tests ask of it, and a clock that is moved by hand. */
final class RegistryFixture {
    static final int LEASE_SECONDS = 60;
    static final long SECOND = 1_000_000_000L;

    private final Registry registry;
    long nowNanos = -5 * SECOND;

    RegistryFixture(Registry registry) {
        this.registry = registry;
    }

    void advanceSeconds(double seconds) {
        nowNanos += (long) (seconds * SECOND);
    }

    /** Works for registries that answer at once and for those that answer later. */
    Outcome apply(Command command) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        registry.apply(command, nowNanos, result -> {
            if (!outcome.complete(result)) {
                throw new AssertionError("a second outcome");
            }
        });
        try {
            return outcome.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no outcome of " + command, e);
        }
    }

    Outcome register(OwnerId owner, int tx, String peer, String file) {
        return register(owner, tx, peer, file, 1, 0);
    }

    Outcome register(OwnerId owner, int tx, String peer, String file, long content, int flags) {
        return apply(new Command.Register(
                owner,
                tx,
                PeerName.of(peer),
                FileName.of(file),
                new ContentId(content),
                content * 100,
                flags,
                Extras.NONE));
    }

    Outcome refresh(OwnerId owner, int tx) {
        return apply(new Command.Refresh(owner, tx, PeerName.of("alice")));
    }

    Outcome remove(OwnerId owner, int tx, String peer, String file) {
        return apply(new Command.Remove(owner, tx, PeerName.of(peer), FileName.of(file)));
    }

    Outcome removeAll(OwnerId owner, int tx) {
        return apply(new Command.RemoveAll(owner, tx));
    }

    Outcome search(String file) {
        return apply(new Command.Search(ContentId.NONE, PeerName.NONE, FileName.of(file), false, 0));
    }

    Registration found(String file) {
        return search(file) instanceof Outcome.Found found ? found.registration() : null;
    }

    boolean has(String file) {
        return found(file) != null;
    }

    Outcome.Listed walk(long afterId, int limit, String filter) {
        return (Outcome.Listed) apply(new Command.Walk(afterId, limit, filter));
    }

    Outcome.Totals totals() {
        return (Outcome.Totals) apply(new Command.Count());
    }

    static Outcome.Accepted accepted(int newestTx, int held, int sum) {
        return new Outcome.Accepted(LEASE_SECONDS, newestTx, held, sum);
    }

    static Outcome.Refused stale(int newestTx) {
        return new Outcome.Refused(Refusal.STALE, newestTx);
    }

    static Outcome.Refused refused(Refusal refusal) {
        return new Outcome.Refused(refusal, 0);
    }

    static OwnerId peer(long key, String address, int port) {
        return OwnerId.leased(key, place(address, port));
    }

    static Endpoint place(String address, int port) {
        try {
            return new Endpoint(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address in digits: " + address, e);
        }
    }
}
