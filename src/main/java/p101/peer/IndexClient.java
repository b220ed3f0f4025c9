package p101.peer;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import p101.model.Clock;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.pdu.Channel;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduReason;

/**
 * The pure core of everything that talks to an index: requests go out through {@link DatagramOut}, answers come in through
 * {@link #onDatagram}, and {@link #onTimer} is called when {@link #waitNanos} has passed. It sends again what was not
 * answered, carries the cookie, chooses transaction ids, and drops and counts every answer that does not belong to an
 * outstanding request. It never invents a result: a request ends with what the index said, or as silent when its schedule
 * has run out. spec/PDU.md, sections 7 and 8.
 *
 * <p>One thread at a time. Handlers are called from within the method that was called, and may start or cancel requests.
 */
public final class IndexClient {
    /** Bytes of every datagram. */
    static final int DATAGRAM_BYTES = 101;

    /** What {@link #waitNanos} says when no timer runs. */
    public static final long NO_TIMER = Long.MAX_VALUE;

    private static final Exchange[] NO_EXCHANGES = {};

    private final OwnerIdentity owner;
    private final Randomness random;
    private final DatagramOut out;
    private final TxSequence txs;
    private final RoundTrip roundTrip = new RoundTrip();
    private final SendWindow window = new SendWindow();
    private final ClientCounters counters = new ClientCounters();
    private final Map<Integer, OwnerExchange> ownerExchanges = new HashMap<>();
    private final Map<Integer, Exchange> queries = new HashMap<>();
    private final ByteBuffer wire = ByteBuffer.allocate(DATAGRAM_BYTES);
    private int cookie;
    private int windowed;

    /** No outstanding request is due before this; looked up anew when it has passed. */
    private long earliestDeadlineNanos;

    private boolean timerSet;

    /** Starts and ends of R and T; two equal readings mean that none was between. */
    private long ownerEvents;

    IndexClient(OwnerIdentity owner, Clock clock, Randomness random, DatagramOut out, TxStore store) {
        this.owner = owner;
        this.random = random;
        this.out = out;
        this.txs = new TxSequence(clock, store);
    }

    /** A client that can search and list, but owns nothing. */
    static IndexClient forQueries(Randomness random, DatagramOut out) {
        return new IndexClient(OwnerIdentity.NONE, Clock.SYSTEM, random, out, TxStore.NONE);
    }

    /** Walks the sources that fit, newest first. */
    public void search(SearchQuery query, SearchHandler handler, long nowNanos) {
        new SearchExchange(this, query, handler).sendScheduled(nowNanos);
    }

    /** Walks the rows whose file name contains the filter ("" = all; at most 50 bytes of UTF-8), oldest first. */
    public void list(String filter, ListHandler handler, long nowNanos) {
        new ListExchange(this, filter, handler).sendScheduled(nowNanos);
    }

    /** Registers a row, or with {@link Advert#presence} refreshes the lease; one of many counts against the window. */
    OwnerExchange register(Advert advert, boolean oneOfMany, OwnerHandler handler, long nowNanos) {
        return start(OwnerExchange.Kind.REGISTER, advert, txs.next(), oneOfMany, handler, nowNanos);
    }

    OwnerExchange deregister(Advert advert, boolean oneOfMany, OwnerHandler handler, long nowNanos) {
        return start(OwnerExchange.Kind.DEREGISTER, advert, txs.next(), oneOfMany, handler, nowNanos);
    }

    /** Removes all rows of this owner with a tx below the given one, which was reserved with {@link #reserveTx}. */
    OwnerExchange sweep(PeerName peer, int tx, OwnerHandler handler, long nowNanos) {
        return start(OwnerExchange.Kind.SWEEP, Advert.presence(peer), tx, false, handler, nowNanos);
    }

    /** Removes all rows of this owner, quickly: for a peer that ends. */
    OwnerExchange leave(PeerName peer, OwnerHandler handler, long nowNanos) {
        OwnerExchange exchange = new OwnerExchange(
                this,
                ResendSchedule.quit(),
                OwnerExchange.Kind.DEREGISTER,
                Advert.presence(peer),
                txs.next(),
                false,
                handler);
        return start(exchange, nowNanos);
    }

    int reserveTx() {
        return txs.next();
    }

    private OwnerExchange start(
            OwnerExchange.Kind kind, Advert advert, int tx, boolean oneOfMany, OwnerHandler handler, long nowNanos) {
        ResendSchedule schedule = ResendSchedule.standard(roundTrip);
        return start(new OwnerExchange(this, schedule, kind, advert, tx, oneOfMany, handler), nowNanos);
    }

    private OwnerExchange start(OwnerExchange exchange, long nowNanos) {
        ownerExchanges.put(exchange.txForSend(0), exchange);
        ownerEvents++;
        exchange.aloneSince = ownerExchanges.size() == 1 ? ownerEvents : -1;
        if (exchange.isWindowed()) {
            windowed++;
        }
        exchange.sendScheduled(nowNanos);
        return exchange;
    }

    /**
     * How many more registrations fit the window. Until the index has given a cookie it is one: the others would only be
     * refused for want of it.
     */
    int windowRoom() {
        int size = cookie == 0 ? 1 : window.size();
        return Math.max(0, size - windowed);
    }

    /** How many R and T wait for their answers. */
    int outstandingOwnerRequests() {
        return ownerExchanges.size();
    }

    /** Takes what arrived, 101 bytes or not, between position and limit. */
    public void onDatagram(ByteBuffer datagram, long nowNanos) {
        Pdu pdu;
        try {
            pdu = PduCodec.decode(Channel.FROM_INDEX, datagram);
        } catch (PduException notAPdu) {
            counters.malformed++;
            onMalformed(datagram, notAPdu.reason(), nowNanos);
            return;
        }
        if (!(pdu instanceof Pdu.Answer answer)) {
            counters.malformed++;
            return;
        }
        Exchange exchange = exchangeOf(answer);
        if (exchange == null) {
            counters.unmatched++;
        } else if (exchange.onAnswer(answer, nowNanos)) {
            counters.accepted++;
        } else {
            counters.wrong++;
        }
    }

    /** Who answers a query with what is no PDU is not silent; and a row whose names alone are wrong must not end a walk. */
    private void onMalformed(ByteBuffer datagram, PduReason reason, long nowNanos) {
        Exchange query = datagram.remaining() == DATAGRAM_BYTES ? queries.get(PduCodec.tx(datagram)) : null;
        if (query == null) {
            return;
        }
        query.countMalformed();
        if (reason == PduReason.NAME || reason == PduReason.TEXT) {
            try {
                if (PduCodec.decodeNameless(Channel.FROM_INDEX, datagram) instanceof Pdu.Answer row) {
                    query.onNameless(row, nowNanos);
                }
            } catch (PduException nothingToGoOnAfter) {
                // It was counted.
            }
        }
    }

    /** R and T are answered with their owner's key, S and O never: that tells the two kinds of tx apart. */
    private Exchange exchangeOf(Pdu.Answer answer) {
        boolean toOwner =
                answer instanceof Pdu.Accepted || answer instanceof Pdu.Refused refused && refused.ownerKey() != 0;
        return toOwner ? ownerExchanges.get(answer.tx()) : queries.get(answer.tx());
    }

    /** Sends again what is due and ends what has waited long enough. */
    public void onTimer(long nowNanos) {
        if (!timerSet || earliestDeadlineNanos - nowNanos > 0) {
            return;
        }
        for (Exchange exchange : outstanding()) {
            if (!exchange.hasEnded() && exchange.deadlineNanos() - nowNanos <= 0) {
                exchange.onDeadline(nowNanos);
            }
        }
        timerSet = false;
        for (Exchange exchange : outstanding()) {
            onDeadlineSet(exchange.deadlineNanos());
        }
    }

    /**
     * Nanoseconds until {@link #onTimer} should be called, 0 when it may be due, {@link #NO_TIMER} when never. Cheap: it may
     * be asked after every datagram.
     */
    public long waitNanos(long nowNanos) {
        if (ownerExchanges.isEmpty() && queries.isEmpty()) {
            return NO_TIMER;
        }
        return Math.max(0, earliestDeadlineNanos - nowNanos);
    }

    /** Ends every outstanding request as cancelled. */
    void cancelAll(long nowNanos) {
        for (Exchange exchange : outstanding()) {
            exchange.end(Ending.CANCELLED, nowNanos);
        }
    }

    /** A copy: handlers start and end requests while it is walked. */
    private Exchange[] outstanding() {
        if (ownerExchanges.isEmpty() && queries.isEmpty()) {
            return NO_EXCHANGES;
        }
        Exchange[] all = new Exchange[ownerExchanges.size() + queries.size()];
        int count = 0;
        for (Exchange exchange : ownerExchanges.values()) {
            all[count++] = exchange;
        }
        for (Exchange exchange : queries.values()) {
            all[count++] = exchange;
        }
        return all;
    }

    // What exchanges need of their client.

    OwnerIdentity owner() {
        return owner;
    }

    Randomness random() {
        return random;
    }

    RoundTrip roundTrip() {
        return roundTrip;
    }

    SendWindow window() {
        return window;
    }

    ClientCounters counters() {
        return counters;
    }

    void onDeadlineSet(long deadlineNanos) {
        if (!timerSet || deadlineNanos - earliestDeadlineNanos < 0) {
            timerSet = true;
            earliestDeadlineNanos = deadlineNanos;
        }
    }

    void adoptCookie(int fresh) {
        if (fresh != 0) {
            cookie = fresh;
        }
    }

    void send(Exchange exchange) {
        wire.clear();
        PduCodec.encode(exchange.pdu(exchange.tx(), cookie), wire);
        wire.flip();
        counters.sent++;
        out.send(wire);
    }

    /** Files a query under a new random tx and forgets the old one. */
    int freshQueryTx(Exchange query, int oldTx) {
        queries.remove(oldTx, query);
        int tx = random.nextInt();
        while (tx == oldTx || queries.containsKey(tx)) {
            tx = random.nextInt();
        }
        queries.put(tx, query);
        return tx;
    }

    /** Files an R or T under a tx above what the index has seen; false when it tells a tx that it cannot have seen. */
    boolean changeTx(OwnerExchange exchange, int newestTx) {
        if (!txs.goAbove(newestTx)) {
            return false;
        }
        ownerExchanges.remove(exchange.tx(), exchange);
        int tx = txs.next();
        ownerExchanges.put(tx, exchange);
        exchange.useTx(tx);
        return true;
    }

    void onOwnerAccepted(OwnerExchange exchange, Pdu.Accepted accepted, long nowNanos) {
        boolean alone = exchange.aloneSince == ownerEvents;
        Receipt receipt =
                new Receipt(accepted.tx(), accepted.leaseSeconds(), accepted.heldRows(), accepted.txSum(), alone);
        if (exchange.isWindowed()) {
            window.onAnswer();
        }
        exchange.settle();
        exchange.accept(receipt, nowNanos);
    }

    void forget(Exchange exchange) {
        if (exchange instanceof OwnerExchange ownerExchange) {
            if (ownerExchanges.remove(exchange.tx(), exchange)) {
                ownerEvents++;
                windowed -= ownerExchange.isWindowed() ? 1 : 0;
            }
        } else {
            queries.remove(exchange.tx(), exchange);
        }
    }
}
