package p101.registry;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import p101.model.AddressBits;
import p101.model.PeerName;

/**
 * The owners, their leases and floors, and how much each holds. When an owner's time is up, or T-all takes all it has, it is
 * <em>retired</em> in one step: its rows are dead from then on, and {@link #nextDead} hands them out to be cleared away
 * little by little. Under the lock of its registry.
 */
final class Owners {
    /** A floor outlives its owner's last row by the longest life of a cookie: no older datagram is accepted after that. */
    static final long FLOOR_NANOS = 120_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RegistryLimits limits;
    private final long leaseNanos;
    private final Map<OwnerId, Owner> byId = new HashMap<>();
    private final NavigableMap<Long, Owner> there = new TreeMap<>();
    /** The same owners by the name that they used last. */
    private final NavigableMap<NameKey, Owner> byName = new TreeMap<>();

    private final Map<AddressBits, AddressUse> uses = new HashMap<>();
    private final Map<Long, KeyUse> keys = new HashMap<>();
    private final OwnerQueue leases = new OwnerQueue();
    private final OwnerQueue floors = new OwnerQueue();
    private final Deque<Owner> withDeadRows = new ArrayDeque<>();
    private long lastNumber;
    private int rows;

    /** Owners of one name follow each other, the one that is there longest first. */
    private record NameKey(PeerName peer, long number) implements Comparable<NameKey> {
        @Override
        public int compareTo(NameKey other) {
            int order = peer.compareTo(other.peer);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    Owners(RegistryLimits limits, int leaseSeconds) {
        this.limits = limits;
        this.leaseNanos = leaseSeconds * NANOS_PER_SECOND;
    }

    int rowCount() {
        return rows;
    }

    int thereCount() {
        return there.size();
    }

    /** Owners that have rows or a presence, by number. */
    NavigableMap<Long, Owner> there() {
        return there;
    }

    /** Owners that have rows or a presence and used this name last, by number. */
    Collection<Owner> named(PeerName peer) {
        return byName.subMap(new NameKey(peer, 0), true, new NameKey(peer, Long.MAX_VALUE), true)
                .values();
    }

    /** The owner uses this name now; its copy of an equal one is given back, so that its rows share it. */
    PeerName rename(Owner owner, PeerName name) {
        if (!name.equals(owner.peer)) {
            boolean isThere = byName.remove(nameKey(owner)) != null;
            owner.peer = name;
            if (isThere) {
                byName.put(nameKey(owner), owner);
            }
        }
        return owner.peer;
    }

    private static NameKey nameKey(Owner owner) {
        return new NameKey(owner.peer, owner.number);
    }

    /** The owner, if it is there or has a floor that still holds; null otherwise. */
    Owner find(OwnerId id, long nowNanos) {
        Owner owner = byId.get(id);
        if (owner != null && owner.isOver(nowNanos)) {
            end(owner, nowNanos);
            owner = byId.get(id);
        }
        return owner;
    }

    /** Why this owner may not be created; null when it may. */
    Refusal refusesOwner(OwnerId id) {
        if (byId.size() >= limits.ownersInAll()) {
            return Refusal.OWNERS_IN_ALL;
        }
        // What an address may hold by connections is limited where the connections are.
        AddressUse use = id.leased() ? uses.get(id.network()) : null;
        return use != null && use.leasedOwners >= limits.ownersPerAddress() ? Refusal.OWNERS_PER_ADDRESS : null;
    }

    /** Why no row may be added for this owner, who may be new; null when it may. */
    Refusal refusesRow(OwnerId id, Owner owner) {
        return rows >= limits.rowsInAll() ? Refusal.ROWS_IN_ALL : refusesMove(id, owner, null);
    }

    /** Why this owner, who may be new, may not take over a row of another one; null when it may. */
    Refusal refusesMove(OwnerId id, Owner owner, Owner from) {
        AddressUse use = owner != null ? owner.use : uses.get(id.network());
        if (from != null && use == from.use) {
            return null;
        }
        return use != null && use.rows >= limits.rowsPerAddress() ? Refusal.ROWS_PER_ADDRESS : null;
    }

    /** A new owner, without rows, presence, lease or floor: the caller gives it one of them. */
    Owner create(OwnerId id, PeerName peer) {
        AddressUse use = uses.computeIfAbsent(id.network(), AddressUse::new);
        use.owners++;
        use.leasedOwners += id.leased() ? 1 : 0;
        KeyUse key = id.leased() ? keys.computeIfAbsent(id.key(), bits -> new KeyUse(id)) : new KeyUse(id);
        key.owners++;
        Owner owner = new Owner(id, use, key, peer);
        byId.put(id, owner);
        return owner;
    }

    /** What is known of the key of an owner who may be new; null when that is nothing. */
    KeyUse key(OwnerId id) {
        return id.leased() ? keys.get(id.key()) : null;
    }

    /** The owner has a row or a presence, and its lease begins anew. */
    void renew(Owner owner, long nowNanos) {
        if (owner.queue != leases && !there.containsKey(owner.number)) {
            owner.number = ++lastNumber;
            there.put(owner.number, owner);
            byName.put(nameKey(owner), owner);
        }
        owner.endsNanos = nowNanos + leaseNanos;
        if (owner.id.leased()) {
            leases.moveToEnd(owner);
        }
    }

    /** The owner lost a row, its presence, or got a floor: when that was all, it stays for its floor, or goes. */
    void settle(Owner owner, long nowNanos) {
        if (owner.isThere()) {
            return;
        }
        leaveList(owner);
        if (owner.key.floor == KeyUse.NONE) {
            forget(owner);
        } else {
            keepFloor(owner, nowNanos + FLOOR_NANOS);
        }
    }

    private void keepFloor(Owner owner, long endsNanos) {
        owner.endsNanos = endsNanos;
        floors.moveToEnd(owner);
    }

    private void forget(Owner owner) {
        takeOut(owner);
        byId.remove(owner.id);
        owner.use.owners--;
        owner.use.leasedOwners -= owner.id.leased() ? 1 : 0;
        if (owner.use.owners == 0) {
            uses.remove(owner.use.address);
        }
        owner.key.owners--;
        if (owner.key.owners == 0 && owner.id.leased()) {
            keys.remove(owner.id.key());
        }
    }

    private void takeOut(Owner owner) {
        owner.retired = true;
        OwnerQueue.leave(owner);
        leaveList(owner);
    }

    private void leaveList(Owner owner) {
        there.remove(owner.number);
        byName.remove(nameKey(owner));
    }

    /**
     * Everything that the owner has goes at once; its floor is kept by a successor without rows.
     *
     * @param goneNanos when its rows went: now, or when its lease ended
     */
    void retire(Owner owner, long goneNanos, long nowNanos) {
        rows -= owner.rows.size();
        owner.use.rows -= owner.rows.size();
        if (owner.rows.size() > 0) {
            withDeadRows.add(owner);
        }
        long floorEndsNanos = goneNanos + FLOOR_NANOS;
        if (owner.key.floor == KeyUse.NONE || floorEndsNanos - nowNanos <= 0) {
            forget(owner);
            return;
        }
        takeOut(owner);
        Owner successor = new Owner(owner.id, owner.use, owner.key, owner.peer);
        byId.put(owner.id, successor);
        keepFloor(successor, floorEndsNanos);
    }

    /** Ends owners whose time is up, at most so many. */
    void expire(long nowNanos, int most) {
        int left = most;
        while (left > 0 && leases.first() != null && leases.first().isOver(nowNanos)) {
            end(leases.first(), nowNanos);
            left--;
        }
        while (left > 0 && floors.first() != null && floors.first().isOver(nowNanos)) {
            end(floors.first(), nowNanos);
            left--;
        }
    }

    private void end(Owner owner, long nowNanos) {
        if (owner.isThere()) {
            retire(owner, owner.endsNanos, nowNanos);
        } else {
            forget(owner);
        }
    }

    void attach(Row row, Owner owner) {
        row.owner = owner;
        owner.rows.add(row);
        owner.txSum += row.tx;
        owner.use.rows++;
        rows++;
    }

    /** Takes a row from its owner, who may be retired already. */
    void detach(Row row) {
        Owner owner = row.owner;
        owner.rows.remove(row);
        if (!owner.retired) {
            owner.txSum -= row.tx;
            owner.use.rows--;
            rows--;
        }
    }

    /** Gives a row another tx. */
    void renumber(Row row, int tx) {
        row.owner.txSum += tx - row.tx;
        row.tx = tx;
        row.owner.rows.update(row);
    }

    /** A row of a retired owner, still to be cleared away; null when there is none. */
    Row nextDead() {
        while (!withDeadRows.isEmpty()) {
            Row row = withDeadRows.peek().rows.last();
            if (row != null) {
                return row;
            }
            withDeadRows.poll();
        }
        return null;
    }
}
