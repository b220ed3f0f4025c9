package p101.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import p101.model.ContentId;

/**
 * The rules of spec/PDU.md, section 7, in the plainest form: two maps, everything looked at every time. Slow and easy to check by
 * eye; what a real registry answers is compared with it.
 */
final class NaiveRegistry {
    private static final long FLOOR_NANOS = 120_000_000_000L;

    private final RegistryLimits limits;
    private final long leaseNanos;
    private final int leaseSeconds;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<OwnerId, Peer> peers = new LinkedHashMap<>();
    private final Map<Long, Key> keys = new LinkedHashMap<>();
    private long lastId;

    /** Known as long as a peer with this key is, or its floor. */
    private static final class Key {
        long floor = -1;
        long newest;
    }

    private static final class Row {
        long id;
        OwnerId owner;
        int tx;
        Command.Register said;

        Registration shown() {
            return new Registration(
                    id, said.peer(), said.file(), said.content(), said.size(), said.flags(), owner, said.extras());
        }
    }

    private static final class Peer {
        long presence = -1;
        long leaseEnd;
        long floorEnd;
        boolean there;
    }

    NaiveRegistry(RegistryLimits limits, int leaseSeconds, long unixSeconds) {
        this.limits = limits;
        this.leaseSeconds = leaseSeconds;
        this.leaseNanos = leaseSeconds * 1_000_000_000L;
        this.lastId = unixSeconds << 16;
    }

    Outcome apply(Command command, long now) {
        endWhatIsOver(now);
        if (command instanceof Command.Register register) {
            return register(register, now);
        } else if (command instanceof Command.Refresh refresh) {
            return refresh(refresh, now);
        } else if (command instanceof Command.Remove remove) {
            return remove(remove, now);
        } else if (command instanceof Command.RemoveAll removeAll) {
            return removeAll(removeAll, now);
        } else if (command instanceof Command.Search search) {
            return search(search);
        } else if (command instanceof Command.Walk walk) {
            return walk(walk);
        }
        return new Outcome.Totals(rows.size(), (int)
                peers.values().stream().filter(peer -> peer.there).count());
    }

    private void endWhatIsOver(long now) {
        peers.forEach((id, peer) -> {
            if (peer.there && peer.leaseEnd - now <= 0) {
                rows.values().removeIf(row -> row.owner.equals(id));
                peer.presence = -1;
                peer.there = false;
                peer.floorEnd = peer.leaseEnd + FLOOR_NANOS;
            }
        });
        forgetPeersThatAreOver(now);
    }

    private void forgetPeersThatAreOver(long now) {
        peers.entrySet()
                .removeIf(entry -> !entry.getValue().there
                        && (key(entry.getKey()).floor < 0 || entry.getValue().floorEnd - now <= 0));
        keys.keySet().removeIf(key -> peers.keySet().stream().noneMatch(id -> id.key() == key));
    }

    private Key key(OwnerId id) {
        return keys.computeIfAbsent(id.key(), key -> new Key());
    }

    private Outcome register(Command.Register said, long now) {
        Row row = rows.get(key(said));
        Key key = key(said.owner());
        long tx = Integer.toUnsignedLong(said.tx());
        if (row != null && row.owner.key() != said.owner().key()) {
            return refused(Refusal.CONFLICT);
        }
        if (row == null && tx <= key.floor) {
            return stale(key.newest);
        }
        if (row != null) {
            long rowTx = Integer.toUnsignedLong(row.tx);
            boolean here = row.owner.equals(said.owner());
            if (tx < rowTx || tx == rowTx && !here) {
                return stale(key(said.owner()).newest);
            }
            if (tx == rowTx) {
                return accepted(said.owner());
            }
        }
        Refusal refusal = refusalOf(said, row);
        if (refusal != null) {
            return refused(refusal);
        }
        peers.computeIfAbsent(said.owner(), id -> new Peer()).there = true;
        if (row == null) {
            row = new Row();
            rows.put(key(said), row);
        } else if (!row.owner.equals(said.owner())) {
            OwnerId old = row.owner;
            row.owner = said.owner();
            settle(old, now);
        }
        if (row.said == null || !row.said.content().equals(said.content()) || row.said.size() != said.size()) {
            row.id = ++lastId;
        }
        row.owner = said.owner();
        row.tx = said.tx();
        row.said = said;
        return renewed(said.owner(), tx, now);
    }

    private Refusal refusalOf(Command.Register said, Row row) {
        boolean sameAddress =
                row != null && row.owner.network().equals(said.owner().network());
        if (row == null && rows.size() >= limits.rowsInAll()) {
            return Refusal.ROWS_IN_ALL;
        }
        boolean isNewOwner = !peers.containsKey(said.owner());
        Refusal owner = isNewOwner ? refusalOf(said.owner()) : null;
        long rowsThere = rows.values().stream()
                .filter(other -> other.owner.network().equals(said.owner().network()))
                .count();
        Refusal full = !sameAddress && rowsThere >= limits.rowsPerAddress() ? Refusal.ROWS_PER_ADDRESS : null;
        if (row == null) {
            return full != null ? full : owner;
        }
        boolean isMove = !row.owner.equals(said.owner());
        return owner != null ? owner : isMove ? full : null;
    }

    private Refusal refusalOf(OwnerId id) {
        if (peers.size() >= limits.ownersInAll()) {
            return Refusal.OWNERS_IN_ALL;
        }
        long there = peers.keySet().stream()
                .filter(other -> other.network().equals(id.network()))
                .count();
        return there >= limits.ownersPerAddress() ? Refusal.OWNERS_PER_ADDRESS : null;
    }

    private Outcome refresh(Command.Refresh said, long now) {
        Peer peer = peers.get(said.owner());
        long tx = Integer.toUnsignedLong(said.tx());
        boolean isPresent = peer != null && peer.presence >= 0;
        if (isPresent ? tx < peer.presence : tx <= key(said.owner()).floor) {
            return stale(key(said.owner()).newest);
        }
        if (peer == null) {
            Refusal refusal = refusalOf(said.owner());
            if (refusal != null) {
                return refused(refusal);
            }
            peer = new Peer();
            peers.put(said.owner(), peer);
        }
        if (peer.presence == tx) {
            return accepted(said.owner());
        }
        peer.presence = tx;
        return renewed(said.owner(), tx, now);
    }

    private Outcome remove(Command.Remove said, long now) {
        String key = said.peer() + "/" + said.file();
        Row row = rows.get(key);
        Peer peer = peers.get(said.owner());
        long tx = Integer.toUnsignedLong(said.tx());
        if (row != null && row.owner.key() != said.owner().key()) {
            return refused(Refusal.NOT_YOURS);
        }
        if (row != null && tx < Integer.toUnsignedLong(row.tx)) {
            return stale(key(said.owner()).newest);
        }
        if (peer == null) {
            Refusal refusal = refusalOf(said.owner());
            if (refusal != null) {
                return refused(refusal);
            }
            peers.put(said.owner(), new Peer());
        }
        raiseFloor(said.owner(), tx);
        if (row != null) {
            rows.remove(key);
            settle(row.owner, now);
        }
        settle(said.owner(), now);
        return accepted(said.owner());
    }

    private Outcome removeAll(Command.RemoveAll said, long now) {
        long tx = Integer.toUnsignedLong(said.tx());
        if (!peers.containsKey(said.owner())) {
            Refusal refusal = refusalOf(said.owner());
            if (refusal != null) {
                return refused(refusal);
            }
            peers.put(said.owner(), new Peer());
        }
        rows.values().removeIf(row -> row.owner.equals(said.owner()) && Integer.toUnsignedLong(row.tx) < tx);
        raiseFloor(said.owner(), tx);
        Peer peer = peers.get(said.owner());
        if (peer.presence < tx && held(said.owner()).isEmpty()) {
            peer.presence = -1;
        }
        settle(said.owner(), now);
        return accepted(said.owner());
    }

    private void raiseFloor(OwnerId id, long tx) {
        Key key = key(id);
        key.floor = Math.max(key.floor, tx);
        key.newest = Math.max(key.newest, tx);
    }

    /** Without rows and presence only the floor is left, for as long as a cookie lives. */
    private void settle(OwnerId id, long now) {
        Peer peer = peers.get(id);
        if (peer.presence < 0 && held(id).isEmpty()) {
            peer.there = false;
            peer.floorEnd = now + FLOOR_NANOS;
        }
    }

    private List<Row> held(OwnerId id) {
        return rows.values().stream().filter(row -> row.owner.equals(id)).toList();
    }

    private Outcome renewed(OwnerId id, long tx, long now) {
        Peer peer = peers.get(id);
        peer.there = true;
        peer.leaseEnd = now + leaseNanos;
        key(id).newest = Math.max(key(id).newest, tx);
        return accepted(id);
    }

    private Outcome accepted(OwnerId id) {
        List<Row> held = held(id);
        int sum = held.stream().mapToInt(row -> row.tx).sum();
        return new Outcome.Accepted(leaseSeconds, (int) key(id).newest, held.size(), sum);
    }

    private Outcome search(Command.Search said) {
        return rows.values().stream()
                .filter(row -> said.file().isNone() || row.said.file().equals(said.file()))
                .filter(row -> said.peer().isNone() || row.said.peer().equals(said.peer()))
                .filter(row -> said.content().equals(ContentId.NONE)
                        || row.said.content().equals(said.content()))
                .filter(row -> !said.peer().isNone() && !said.file().isNone()
                        || (row.said.flags() & Registration.NOT_FETCHABLE) == 0)
                .filter(row -> said.partialToo() || (row.said.flags() & Registration.PARTIAL) == 0)
                .filter(row -> said.beforeId() == 0 || row.id < said.beforeId())
                .max(Comparator.comparingLong(row -> row.id))
                .<Outcome>map(row -> new Outcome.Found(row.shown()))
                .orElse(new Outcome.NotFound());
    }

    private Outcome walk(Command.Walk said) {
        List<Registration> fitting = rows.values().stream()
                .map(Row::shown)
                .filter(row -> row.id() > said.afterId() && row.file().value().contains(said.filter()))
                .sorted(Comparator.comparingLong(Registration::id))
                .toList();
        List<Registration> first = new ArrayList<>(fitting.subList(0, Math.min(said.limit(), fitting.size())));
        boolean more = fitting.size() > first.size();
        return new Outcome.Listed(
                first, more, more ? first.get(first.size() - 1).id() : 0);
    }

    private static String key(Command.Register said) {
        return said.peer() + "/" + said.file();
    }

    private static Outcome stale(long newest) {
        return new Outcome.Refused(Refusal.STALE, (int) newest);
    }

    private static Outcome refused(Refusal refusal) {
        return new Outcome.Refused(refusal, 0);
    }
}
