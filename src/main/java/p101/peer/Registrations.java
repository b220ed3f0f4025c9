package p101.peer;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/**
 * The rows that a peer wants at the index, and what the index is known to hold. It brings the two together: registers within
 * the window, refreshes the lease, and heals. Every A says how many rows the index holds for this owner and the sum of their
 * tx; when nothing is outstanding and they are not the peer's own (the index was restarted, a T was lost), all is registered
 * again above a reserved tx and what lies below it is swept: what is missing comes back, ghosts go, nothing is ever absent in
 * between. spec/PDU.md, sections 7.5 and 8.2 to 8.5.
 *
 * <p>Pure, one thread at a time, in step with its {@link IndexClient}.
 */
final class Registrations {
    /** A peer that leaves does not wait longer for the index's consent. */
    static final long LEAVE_NANOS = 1_900_000_000L;

    private final IndexClient client;
    private final RegistrationsListener listener;
    private final LeaseKeeper lease;
    private final HeldRows held = new HeldRows();
    private final Healing healing = new Healing();
    private final Map<FileName, Row> rows = new LinkedHashMap<>();
    private final ArrayDeque<Row> queue = new ArrayDeque<>();
    private int underWay;
    private OwnerExchange sweep;

    /** Nothing has come from the index for a while: rows wait, only refreshes and what people ask for go out. */
    private boolean silent = true;

    private boolean leaving;

    Registrations(IndexClient client, Randomness random, PeerName name, RegistrationsListener listener) {
        this.client = client;
        this.listener = listener;
        this.lease = new LeaseKeeper(client, random, name, new Refreshes());
    }

    /** Makes the first contact. Rows that wait go out after the first answer. */
    void start(long nowNanos) {
        lease.start(nowNanos);
    }

    /** The name that the presence carries from the next refresh on; rows keep theirs. */
    void rename(PeerName name) {
        lease.rename(name);
    }

    PeerName name() {
        return lease.name();
    }

    /** What is held or wanted of a file, with the name that it is registered under; null when it is neither. */
    Advert find(FileName file) {
        Row row = rows.get(file);
        return row == null || row.leaving ? null : row.advert;
    }

    /** Whether the index has accepted the file and it is still wanted. */
    boolean isHeld(FileName file) {
        Row row = rows.get(file);
        return row != null && row.held && !row.leaving;
    }

    Collection<Row> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** Rows that the index is known to hold. */
    int heldRows() {
        return held.count();
    }

    /** Rows that wait for the index's answer or for their turn. */
    int waitingRows() {
        return underWay + queue.size();
    }

    boolean isSilent() {
        return silent;
    }

    /** As the index said last; 0 before it said anything. */
    int leaseSeconds() {
        return lease.leaseSeconds();
    }

    /** Whether nothing is outstanding, so that held and sum can be compared. */
    boolean isSettled() {
        return underWay == 0 && queue.isEmpty() && !healing.isActive();
    }

    /**
     * Wants a row, new or changed. A row that the index holds keeps the peer name that it was registered under.
     *
     * @param waiter null: the row goes out when the window has room, and again until the index has answered it. Otherwise it
     *     goes out at once, and a new row is no longer wanted when the index stays silent
     */
    void put(Advert advert, RowHandler waiter, long nowNanos) {
        Row row = rows.get(advert.file());
        if (row == null) {
            row = new Row(advert);
            rows.put(advert.file(), row);
        } else {
            interrupt(row);
            PeerName peer = row.held ? row.advert.peer() : advert.peer();
            row.advert = new Advert(peer, advert.file(), advert.rowFlags(), advert.size(), advert.content());
            row.leaving = false;
        }
        row.waiter = waiter;
        submit(row, nowNanos);
    }

    /** No longer wants a row; tells {@link Verdict#NOT_FOUND} when there is none. The waiter may be null. */
    void remove(FileName file, RowHandler waiter, long nowNanos) {
        Row row = rows.get(file);
        if (row == null || row.leaving) {
            if (waiter != null) {
                Advert nothing = new Advert(PeerName.NONE, file, 0, 0, ContentId.NONE);
                waiter.onEnd(nothing, new Ending(Verdict.NOT_FOUND, "not registered by this peer"));
            }
            return;
        }
        interrupt(row);
        row.waiter = waiter;
        row.leaving = true;
        healed(row, nowNanos);
        submit(row, nowNanos); // also when no R of it was sent: an earlier run of this peer may have registered it
    }

    /** A later request for the same row takes the place of what is under way or waits; its tx will be greater. */
    private void interrupt(Row row) {
        if (row.exchange != null) {
            row.exchange.settle();
            row.exchange = null;
            underWay--;
        }
        row.tell(Ending.CANCELLED);
    }

    private void submit(Row row, long nowNanos) {
        if (leaving) {
            row.tell(Ending.CANCELLED);
        } else if (row.waiter != null) {
            send(row, false, nowNanos);
        } else {
            enqueue(row);
            pump(nowNanos);
        }
    }

    private void enqueue(Row row) {
        if (!row.queued) {
            row.queued = true;
            queue.add(row);
        }
    }

    /** Sends what waits, as far as the window goes. */
    private void pump(long nowNanos) {
        while (!silent && !leaving && !queue.isEmpty() && client.windowRoom() > 0) {
            Row row = queue.poll();
            row.queued = false;
            boolean current = rows.get(row.advert.file()) == row;
            if (current && row.exchange == null) {
                send(row, true, nowNanos);
            }
        }
    }

    private void send(Row row, boolean oneOfMany, long nowNanos) {
        underWay++;
        RowRequest request = new RowRequest(row);
        row.exchange = row.leaving
                ? client.deregister(row.advert, oneOfMany, request, nowNanos)
                : client.register(row.advert, oneOfMany, request, nowNanos);
    }

    /** Calls the index's answers to one row home. */
    private final class RowRequest implements OwnerHandler {
        private final Row row;

        RowRequest(Row row) {
            this.row = row;
        }

        @Override
        public void onAccepted(Receipt receipt, long nowNanos) {
            row.exchange = null;
            underWay--;
            boolean isNew = !row.held && !row.leaving;
            if (row.leaving) {
                drop(row);
            } else {
                held.accepted(row, receipt.tx());
            }
            if (isNew) {
                listener.onRegistered(row.advert);
            }
            row.tell(Ending.DONE);
            healed(row, nowNanos);
            onAnswered(receipt, nowNanos);
        }

        @Override
        public void onFailed(Ending ending, long nowNanos) {
            row.exchange = null;
            underWay--;
            if (ending.verdict() == Verdict.SILENT) {
                onRowSilent(row, ending, nowNanos);
            } else {
                onRowRefused(row, ending, nowNanos);
            }
        }

        @Override
        public void onSlow() {
            if (row.waiter != null) {
                listener.onSlow();
            }
        }
    }

    /** Nothing is known about the row now. Whoever waited is told; a row that nobody waits for is tried again. */
    private void onRowSilent(Row row, Ending ending, long nowNanos) {
        boolean waited = row.waiter != null;
        if (row.leaving || waited && !row.held) {
            drop(row); // if it is a ghost at the index, a healing sweeps it
        } else {
            enqueue(row);
        }
        row.tell(ending);
        becomeSilent(nowNanos);
    }

    private void onRowRefused(Row row, Ending ending, long nowNanos) {
        boolean waited = row.waiter != null;
        drop(row);
        row.tell(ending);
        if (!waited && ending.verdict() != Verdict.CANCELLED) {
            listener.onRefused(row.advert, ending);
        }
        healed(row, nowNanos);
        pump(nowNanos);
    }

    /** The row is neither wanted nor held any more. */
    private void drop(Row row) {
        boolean wasHeld = row.held;
        held.gone(row);
        rows.remove(row.advert.file(), row);
        if (wasHeld) {
            listener.onGone(row.advert);
        }
    }

    private void onAnswered(Receipt receipt, long nowNanos) {
        lease.onLease(receipt.leaseSeconds(), nowNanos);
        becomeAnswered();
        boolean comparable = receipt.alone() && isSettled() && !leaving;
        if (comparable && !held.agreesWith(receipt) && healing.mayBegin(lease.intervalNanos() / 2, nowNanos)) {
            heal(nowNanos);
        }
        pump(nowNanos);
    }

    private void becomeAnswered() {
        if (silent) {
            silent = false;
            listener.onBack();
        }
    }

    /** A healing cannot end now; when the index is back, its first A begins another. */
    private void becomeSilent(long nowNanos) {
        if (healing.isActive()) {
            rows.values().forEach(healing::done);
            healing.end();
        }
        dropSweep();
        if (!silent) {
            silent = true;
            listener.onSilent();
        }
    }

    private void heal(long nowNanos) {
        healing.begin(client.reserveTx(), nowNanos);
        for (Row row : rows.values()) {
            healing.add(row);
            enqueue(row);
        }
        if (rows.isEmpty()) {
            lease.refreshNow(nowNanos); // else the sweep would take the presence, too
        }
        sweepWhenReady(nowNanos);
    }

    private void healed(Row row, long nowNanos) {
        healing.done(row);
        sweepWhenReady(nowNanos);
    }

    private void sweepWhenReady(long nowNanos) {
        if (healing.isReadyToSweep() && sweep == null && !leaving) {
            sweep = client.sweep(lease.name(), healing.tx(), new Sweep(), nowNanos);
        }
    }

    private void dropSweep() {
        if (sweep != null) {
            sweep.settle();
            sweep = null;
        }
    }

    /** The T-all that ends a healing. */
    private final class Sweep implements OwnerHandler {
        @Override
        public void onAccepted(Receipt receipt, long nowNanos) {
            sweep = null;
            healing.end();
            onAnswered(receipt, nowNanos);
        }

        @Override
        public void onFailed(Ending ending, long nowNanos) {
            sweep = null;
            healing.end();
            if (ending.verdict() == Verdict.SILENT) {
                becomeSilent(nowNanos);
            }
        }
    }

    private final class Refreshes implements LeaseKeeper.Listener {
        @Override
        public void onRefreshed(Receipt receipt, long nowNanos) {
            onAnswered(receipt, nowNanos);
        }

        @Override
        public void onSilent(long nowNanos) {
            boolean wasSilent = silent;
            becomeSilent(nowNanos);
            if (wasSilent && lease.leaseSeconds() == 0) {
                listener.onSilent(); // the first contact failed
            }
        }

        @Override
        public void onSlow() {
            listener.onSlow();
        }

        @Override
        public void onPresenceRefused(Ending why) {
            becomeAnswered();
            listener.onRefused(Advert.presence(lease.name()), why);
        }
    }

    void onTimer(long nowNanos) {
        lease.onTimer(nowNanos);
    }

    long waitNanos(long nowNanos) {
        return lease.waitNanos(nowNanos);
    }

    /**
     * Gives everything up and tells the index so with one T, sent quickly and again for 1.8 s. Nothing else is sent any more.
     *
     * @param done learns whether the index has confirmed it
     */
    void leave(OwnerHandler done, long nowNanos) {
        leaving = true;
        lease.stop();
        for (Row row : rows.values()) {
            interrupt(row);
        }
        rows.clear();
        queue.clear();
        dropSweep();
        client.leave(lease.name(), done, nowNanos);
    }
}
