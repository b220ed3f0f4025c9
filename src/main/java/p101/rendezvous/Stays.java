package p101.rendezvous;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import p101.model.AddressBits;
import p101.registry.OwnerId;

/**
 * Who registered here and how long each stays, with the limits of that. All stays of one kind are equally long, so that the
 * order of their ends is that of the last registrations. One thread.
 */
final class Stays {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RendezvousLimits limits;
    private final Map<OwnerId, Long> published = new LinkedHashMap<>();
    private final Map<OwnerId, Long> leased = new LinkedHashMap<>();
    private final Map<AddressBits, Integer> perAddress = new HashMap<>();

    Stays(RendezvousLimits limits) {
        this.limits = limits;
    }

    int size() {
        return published.size() + leased.size();
    }

    boolean has(OwnerId owner) {
        return published.containsKey(owner) || leased.containsKey(owner);
    }

    boolean hasRoomFor(OwnerId owner) {
        return size() < limits.peers() && perAddress.getOrDefault(network(owner), 0) < limits.peersPerAddress();
    }

    /** A stay begins, or begins anew. */
    void begin(OwnerId owner, boolean refreshes, long nowNanos) {
        end(owner);
        Map<OwnerId, Long> stays = refreshes ? leased : published;
        stays.put(owner, nowNanos + seconds(refreshes) * NANOS_PER_SECOND);
        perAddress.merge(network(owner), 1, Integer::sum);
    }

    int seconds(boolean refreshes) {
        return refreshes ? limits.leaseSeconds() : limits.publishedSeconds();
    }

    /** A stay ends early; nothing happens when there is none. */
    void end(OwnerId owner) {
        if (published.remove(owner) != null || leased.remove(owner) != null) {
            perAddress.computeIfPresent(network(owner), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Somebody whose time is over, and who is forgotten with this call; {@code null} when there is nobody. */
    OwnerId nextOver(long nowNanos) {
        OwnerId over = firstOver(published, nowNanos);
        if (over == null) {
            over = firstOver(leased, nowNanos);
        }
        if (over != null) {
            end(over);
        }
        return over;
    }

    private static OwnerId firstOver(Map<OwnerId, Long> stays, long nowNanos) {
        Iterator<Map.Entry<OwnerId, Long>> entries = stays.entrySet().iterator();
        if (!entries.hasNext()) {
            return null;
        }
        Map.Entry<OwnerId, Long> first = entries.next();
        return first.getValue() - nowNanos <= 0 ? first.getKey() : null;
    }

    private static AddressBits network(OwnerId owner) {
        return AddressBits.of(owner.place().address()).network();
    }
}
