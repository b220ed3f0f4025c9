package p101.rendezvous;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import p101.model.AddressBits;
import p101.model.Endpoint;
import p101.model.Randomness;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Presence;
import p101.registry.Registry;

/**
 * Who is there, by name: decides over the registry's peers, whichever door they came through; knows no socket and no HTTP. One
 * thread, which must be the one that the registry's outcomes come on. spec/RENDEZVOUS.md, section 5.
 */
final class PeerDirectory {
    /** More peers than that under one name are a name that is taken. */
    private static final int MOST_NAMESAKES = 64;

    /** Peers whose time is over that are taken out at once; more wait for the next occasion. */
    private static final int EXPIRED_AT_ONCE = 64;

    private final Registry registry;
    private final Randomness randomness;
    private final Stays stays;
    private int lastTx;

    /** What came of a registration, or of leaving. */
    enum Result {
        CREATED,
        RENEWED,
        LEFT,
        /** Somebody elsewhere has the name. */
        TAKEN,
        /** Nobody has the name. */
        UNKNOWN,
        /** A limit is reached, or the registry does not answer. */
        NO_ROOM
    }

    /**
     * @param randomness for the keys of those who register; unguessable
     */
    PeerDirectory(Registry registry, RendezvousLimits limits, Randomness randomness) {
        this.registry = registry;
        this.randomness = randomness;
        this.stays = new Stays(limits);
    }

    /** Peers that registered here and have not expired. */
    int size() {
        return stays.size();
    }

    int staySeconds(boolean refreshes) {
        return stays.seconds(refreshes);
    }

    /** Takes out those whose time is over, a bounded number at once. */
    void expire(long nowNanos) {
        for (int i = 0; i < EXPIRED_AT_ONCE; i++) {
            OwnerId over = stays.nextOver(nowNanos);
            if (over == null) {
                return;
            }
            registry.apply(new Command.Leave(over), nowNanos, ignored -> {});
        }
    }

    /**
     * Registers, or renews or replaces what the same address registered under the name.
     *
     * @param source the address that the request came from, which is the one that is registered
     */
    void register(Offer offer, InetAddress source, long nowNanos, Consumer<Result> result) {
        expire(nowNanos);
        namesakes(offer.name(), nowNanos, present -> {
            if (present == null) {
                result.accept(Result.NO_ROOM);
            } else if (isTaken(present, source)) {
                result.accept(Result.TAKEN);
            } else {
                register(offer, source, introducedHere(present.owners()), nowNanos, result);
            }
        });
    }

    private void register(
            Offer offer, InetAddress source, List<OwnerId> before, long nowNanos, Consumer<Result> result) {
        OwnerId same = null;
        for (OwnerId owner : before) {
            same = owner.place().port() == offer.port() && stays.has(owner) ? owner : same;
        }
        List<OwnerId> replaced = new ArrayList<>(before);
        replaced.remove(same);
        OwnerId owner = same != null ? same : newOwner(source, offer.port());
        if (same == null && replaced.stream().noneMatch(stays::has) && !stays.hasRoomFor(owner)) {
            result.accept(Result.NO_ROOM);
            return;
        }
        Command refresh = new Command.Refresh(
                owner, ++lastTx, offer.name().peer(), offer.introduction(source.isLoopbackAddress()));
        registry.apply(refresh, nowNanos, outcome -> {
            if (!(outcome instanceof Outcome.Accepted)) {
                result.accept(Result.NO_ROOM);
                return;
            }
            replaced.forEach(old -> leave(old, nowNanos));
            stays.begin(owner, offer.refreshes(), nowNanos);
            result.accept(before.isEmpty() ? Result.CREATED : Result.RENEWED);
        });
    }

    private OwnerId newOwner(InetAddress source, int port) {
        return OwnerId.ofConnection(randomness.nextLong(), new Endpoint(source, port));
    }

    private void leave(OwnerId owner, long nowNanos) {
        stays.end(owner);
        registry.apply(new Command.Leave(owner), nowNanos, ignored -> {});
    }

    /** Takes out what the same address registered under a name. */
    void unregister(GivenName name, InetAddress source, long nowNanos, Consumer<Result> result) {
        expire(nowNanos);
        namesakes(name, nowNanos, present -> {
            if (present == null) {
                result.accept(Result.NO_ROOM);
                return;
            }
            List<OwnerId> introduced = introducedHere(present.owners());
            List<OwnerId> own = introduced.stream()
                    .filter(owner -> isSame(owner.place().address(), source))
                    .toList();
            own.forEach(owner -> leave(owner, nowNanos));
            boolean nobody = present.owners().isEmpty();
            result.accept(!own.isEmpty() ? Result.LEFT : nobody ? Result.UNKNOWN : Result.TAKEN);
        });
    }

    /**
     * The peer of a name: one that registered here before others, then the one that is there longest.
     *
     * @param found told {@code null} when there is none
     */
    void choose(String name, long nowNanos, Consumer<Presence> found) {
        expire(nowNanos);
        GivenName given = GivenName.of(name).orElse(null);
        if (given == null) {
            found.accept(null);
            return;
        }
        namesakes(given, nowNanos, present -> {
            Presence best = null;
            for (Presence presence : present == null ? List.<Presence>of() : present.owners()) {
                boolean fits = presence.peer().value().equals(name)
                        || presence.introduction().name().equals(name);
                boolean better = best == null
                        || best.introduction().isNone()
                                && !presence.introduction().isNone();
                best = fits && better ? presence : best;
            }
            found.accept(best);
        });
    }

    /**
     * Peers in the order in which they came.
     *
     * @param afterNumber 0 = from the beginning
     * @param page told {@code null} when the registry does not answer
     */
    void list(long afterNumber, int limit, long nowNanos, Consumer<Outcome.Present> page) {
        expire(nowNanos);
        registry.apply(new Command.Peers(afterNumber, limit), nowNanos, outcome -> page.accept(present(outcome)));
    }

    private void namesakes(GivenName name, long nowNanos, Consumer<Outcome.Present> page) {
        registry.apply(
                new Command.Named(name.peer(), MOST_NAMESAKES), nowNanos, outcome -> page.accept(present(outcome)));
    }

    private static Outcome.Present present(Outcome outcome) {
        return outcome instanceof Outcome.Present present ? present : null;
    }

    private static boolean isTaken(Outcome.Present namesakes, InetAddress source) {
        return namesakes.more()
                || namesakes.owners().stream()
                        .anyMatch(other -> !isSame(other.owner().place().address(), source));
    }

    /** What stands for those who introduced themselves, at this index or at another one with the same registry. */
    private static List<OwnerId> introducedHere(List<Presence> owners) {
        return owners.stream()
                .filter(presence ->
                        !presence.introduction().isNone() && !presence.owner().leased())
                .map(Presence::owner)
                .toList();
    }

    private static boolean isSame(InetAddress a, InetAddress b) {
        return AddressBits.of(a).equals(AddressBits.of(b));
    }
}
