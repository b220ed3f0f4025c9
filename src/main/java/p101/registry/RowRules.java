package p101.registry;

import p101.model.FileName;
import p101.model.PeerName;

/**
 * Who may add, renew, move and remove what, and which datagram is too old: spec/PDU.md, sections 7.2, 7.4, 7.5 and 7.7. Under the
 * lock of its registry.
 */
final class RowRules {
    private final Owners owners;
    private final RowIndex index;
    private final int leaseSeconds;

    RowRules(Owners owners, RowIndex index, int leaseSeconds) {
        this.owners = owners;
        this.index = index;
        this.leaseSeconds = leaseSeconds;
    }

    Outcome register(Command.Register command, long nowNanos) {
        Owner owner = owners.find(command.owner(), nowNanos);
        Row row = liveRow(command.file(), command.peer(), nowNanos);
        if (row == null) {
            return add(command, owner, nowNanos);
        }
        if (!row.owner.id.sameKey(command.owner())) {
            return refused(Refusal.CONFLICT);
        }
        int order = Integer.compareUnsigned(command.tx(), row.tx);
        boolean isHere = row.owner == owner;
        // The same tx from another place is no resend: a late double from the old place must not move the row back.
        if (order < 0 || order == 0 && !isHere) {
            return stale(row.owner.key);
        }
        // Nor does a late double renew the lease: it may outlive a peer that was killed.
        if (order == 0) {
            return accepted(owner);
        }
        return isHere ? renew(row, command, nowNanos) : move(row, command, owner, nowNanos);
    }

    private Outcome add(Command.Register command, Owner known, long nowNanos) {
        KeyUse key = known != null ? known.key : owners.key(command.owner());
        if (isBelowFloor(key, command.tx())) {
            return stale(key);
        }
        Refusal refusal = owners.refusesRow(command.owner(), known);
        if (refusal == null && known == null) {
            refusal = owners.refusesOwner(command.owner());
        }
        if (refusal != null) {
            return refused(refusal);
        }
        Owner owner = known != null ? known : owners.create(command.owner(), command.peer());
        Row row = new Row(owners.rename(owner, command.peer()), index.shared(command.file()));
        row.tx = command.tx();
        setContent(row, command);
        index.add(row);
        owners.attach(row, owner);
        return renewed(owner, command.tx(), nowNanos);
    }

    private Outcome renew(Row row, Command.Register command, long nowNanos) {
        owners.renumber(row, command.tx());
        update(row, command);
        return renewed(row.owner, command.tx(), nowNanos);
    }

    /** The same key speaks from elsewhere. */
    private Outcome move(Row row, Command.Register command, Owner known, long nowNanos) {
        Owner old = row.owner;
        Refusal refusal = known != null ? null : owners.refusesOwner(command.owner());
        if (refusal == null) {
            refusal = owners.refusesMove(command.owner(), known, old);
        }
        if (refusal != null) {
            return refused(refusal);
        }
        Owner owner = known != null ? known : owners.create(command.owner(), command.peer());
        owners.detach(row);
        owners.settle(old, nowNanos);
        row.tx = command.tx();
        owners.attach(row, owner);
        update(row, command);
        return renewed(owner, command.tx(), nowNanos);
    }

    /** A row keeps its id while its content is the same: also when a partial source becomes complete. */
    private void update(Row row, Command.Register command) {
        if (row.hasContent(command.content(), command.size())) {
            setContent(row, command);
            return;
        }
        index.remove(row);
        setContent(row, command);
        index.add(row);
    }

    private static void setContent(Row row, Command.Register command) {
        row.contentBits = command.content().bits();
        row.size = command.size();
        row.flags = (byte) (command.flags() & Registration.KNOWN_FLAGS);
        row.extras = command.extras().equals(Extras.NONE) ? null : command.extras();
    }

    Outcome refresh(Command.Refresh command, long nowNanos) {
        Owner known = owners.find(command.owner(), nowNanos);
        KeyUse key = known != null ? known.key : owners.key(command.owner());
        long tx = Integer.toUnsignedLong(command.tx());
        boolean isPresent = known != null && known.presence != KeyUse.NONE;
        if (isPresent ? tx < known.presence : isBelowFloor(key, command.tx())) {
            return stale(key);
        }
        if (isPresent && tx == known.presence) {
            return accepted(known);
        }
        Refusal refusal = known != null ? null : owners.refusesOwner(command.owner());
        if (refusal != null) {
            return refused(refusal);
        }
        Owner owner = known != null ? known : owners.create(command.owner(), command.peer());
        owner.presence = tx;
        owners.rename(owner, command.peer());
        owner.introduction = command.introduction().isNone() ? null : command.introduction();
        return renewed(owner, command.tx(), nowNanos);
    }

    Outcome remove(Command.Remove command, long nowNanos) {
        Owner owner = owners.find(command.owner(), nowNanos);
        Row row = liveRow(command.file(), command.peer(), nowNanos);
        if (row != null && !row.owner.id.sameKey(command.owner())) {
            return refused(Refusal.NOT_YOURS);
        }
        if (row != null && Integer.compareUnsigned(command.tx(), row.tx) < 0) {
            return stale(row.owner.key);
        }
        if (owner == null) {
            Refusal refusal = owners.refusesOwner(command.owner());
            if (refusal != null) {
                return refused(refusal);
            }
            owner = owners.create(command.owner(), command.peer());
        }
        owner.key.raiseFloor(Integer.toUnsignedLong(command.tx()));
        if (row != null) {
            Owner holder = row.owner;
            drop(row);
            owners.settle(holder, nowNanos);
        }
        owners.settle(owner, nowNanos);
        return accepted(owner);
    }

    Outcome removeAll(Command.RemoveAll command, long nowNanos) {
        Owner owner = owners.find(command.owner(), nowNanos);
        if (owner == null) {
            Refusal refusal = owners.refusesOwner(command.owner());
            if (refusal != null) {
                return refused(refusal);
            }
            owner = owners.create(command.owner(), PeerName.NONE);
        }
        long tx = Integer.toUnsignedLong(command.tx());
        boolean everythingIsOlder = owner.key.newestTx < tx && owner.isThere();
        owner.key.raiseFloor(tx);
        if (everythingIsOlder) {
            owners.retire(owner, nowNanos, nowNanos);
            return new Outcome.Accepted(leaseSeconds, (int) owner.key.newestTx, 0, 0);
        }
        while (owner.rows.size() > 0 && Integer.compareUnsigned(owner.rows.first().tx, command.tx()) < 0) {
            drop(owner.rows.first());
        }
        if (owner.rows.size() == 0 && owner.presence < tx) {
            owner.presence = KeyUse.NONE;
        }
        owners.settle(owner, nowNanos);
        return accepted(owner);
    }

    Outcome leave(Command.Leave command, long nowNanos) {
        Owner owner = owners.find(command.owner(), nowNanos);
        if (owner != null) {
            owner.key.floor = KeyUse.NONE;
            owners.retire(owner, nowNanos, nowNanos);
        }
        return new Outcome.Accepted(leaseSeconds, 0, 0, 0);
    }

    /** The row of this name, unless its owner is gone: then it is cleared away on the spot. */
    private Row liveRow(FileName file, PeerName peer, long nowNanos) {
        Row row = index.find(file, peer);
        if (row == null || row.isLive(nowNanos)) {
            return row;
        }
        drop(row);
        return null;
    }

    /** Takes a row out of everything. */
    void drop(Row row) {
        index.remove(row);
        owners.detach(row);
    }

    /**
     * @param key null = nothing is known of it
     */
    private static boolean isBelowFloor(KeyUse key, int tx) {
        return key != null && Integer.toUnsignedLong(tx) <= key.floor;
    }

    private Outcome renewed(Owner owner, int tx, long nowNanos) {
        owner.key.sawTx(Integer.toUnsignedLong(tx));
        owners.renew(owner, nowNanos);
        return accepted(owner);
    }

    private Outcome accepted(Owner owner) {
        return new Outcome.Accepted(leaseSeconds, (int) owner.key.newestTx, owner.rows.size(), owner.txSum);
    }

    private static Outcome refused(Refusal refusal) {
        return new Outcome.Refused(refusal, 0);
    }

    private static Outcome stale(KeyUse key) {
        return new Outcome.Refused(Refusal.STALE, (int) key.newestTx);
    }
}
