package p101.lobby;

import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;
import p101.model.PeerName;
import p101.registry.Command;
import p101.registry.Outcome;
import p101.registry.OwnerId;
import p101.registry.Presence;
import p101.registry.Registry;

/**
 * Looks whether a peer of another door, somewhere else, goes by a name. The same person may be in the lobby and share files under
 * one name, which is told by the address. Then goes on with what was to be done.
 */
final class NameCheck implements Work {
    private static final int PER_STEP = 1_024;
    private static final int STEPS_PER_PART = 4;

    private final Registry registry;
    private final PeerName name;
    private final InetAddress source;
    private final Predicate<OwnerId> isOurs;
    private final Then then;
    private long resume;
    private int stepsLeft;

    /** What follows; it gives the last part. */
    interface Then {
        void go(boolean taken, long nowNanos, Consumer<Part> part);
    }

    /**
     * @param isOurs tells members of the lobby, whose aliases the lobby knows itself
     */
    NameCheck(Registry registry, PeerName name, InetAddress source, Predicate<OwnerId> isOurs, Then then) {
        this.registry = registry;
        this.name = name;
        this.source = source;
        this.isOurs = isOurs;
        this.then = then;
    }

    @Override
    public void next(long nowNanos, Consumer<Part> part) {
        stepsLeft = STEPS_PER_PART;
        ask(nowNanos, part);
    }

    private void ask(long nowNanos, Consumer<Part> part) {
        stepsLeft--;
        registry.apply(new Command.Peers(resume, PER_STEP), nowNanos, outcome -> {
            if (!(outcome instanceof Outcome.Present present)) {
                then.go(false, nowNanos, part);
                return;
            }
            for (Presence presence : present.owners()) {
                resume = presence.number();
                if (isSomebodyElse(presence)) {
                    then.go(true, nowNanos, part);
                    return;
                }
            }
            if (!present.more()) {
                then.go(false, nowNanos, part);
            } else if (stepsLeft > 0) {
                ask(nowNanos, part);
            } else {
                part.accept(new Part("", false));
            }
        });
    }

    private boolean isSomebodyElse(Presence presence) {
        if (!presence.peer().value().equalsIgnoreCase(name.value()) || isOurs.test(presence.owner())) {
            return false;
        }
        InetAddress place = presence.owner().place().address();
        return !place.equals(source) && !(place.isLoopbackAddress() && source.isLoopbackAddress());
    }
}
