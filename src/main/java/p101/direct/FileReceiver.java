package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import p101.model.AddressBits;
import p101.model.Endpoint;
import p101.model.Randomness;

/**
 * All files that one port receives: pure, datagrams and time in, datagrams out. Nothing is kept of a sender that has not proved that
 * it receives at its address, and it gets at most one datagram, shorter than its own. spec/DIRECT.md, sections 4 to 8. One thread.
 */
final class FileReceiver implements IncomingOwner {
    /** Datagrams of a transfer that has ended get the same answer for so long. */
    private static final long REMEMBER_NANOS = 60_000_000_000L;

    /** An ABORT is no longer than the datagram that it answers. */
    private static final int ABORT_BYTES = 25;

    private record Key(InetSocketAddress from, long senderId) {}

    /** A transfer that is over. */
    private record Ended(Incoming incoming, long untilNanos) {}

    private final OfferHost host;
    private final Randomness random;
    private final ReplyOut out;
    private final int flightBytes;
    private final StartTokens tokens;
    private final DirectCodec codec = new DirectCodec();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DirectCodec.MAX_DATAGRAM_BYTES);
    private final Map<Key, Incoming> running = new LinkedHashMap<>();
    private final Map<Long, Incoming> byReceiverId = new HashMap<>();
    private final LinkedHashMap<Key, Ended> ended = new LinkedHashMap<>();
    private final Map<Long, Incoming> endedByReceiverId = new HashMap<>();
    private final LongSupplier clock;
    private Runnable afterChange = () -> {};

    /**
     * @param flightBytes most bytes that a sender may have on their way here: what the socket's buffer holds
     * @param clock monotonic nanoseconds
     */
    FileReceiver(OfferHost host, Randomness random, int flightBytes, ReplyOut out, LongSupplier clock) {
        this.host = host;
        this.random = random;
        this.flightBytes = flightBytes;
        this.out = out;
        this.tokens = new StartTokens(random);
        this.clock = clock;
    }

    @Override
    public long nowNanos() {
        return clock.getAsLong();
    }

    /** Has this called when something outside of datagrams and timers may have changed what {@link #waitNanos} says. */
    void afterChange(Runnable action) {
        afterChange = action;
    }

    @Override
    public void onChange() {
        afterChange.run();
    }

    @Override
    public void send(DirectDatagram datagram, InetSocketAddress to) {
        out.send(codec.write(datagram, buffer), to);
    }

    /**
     * A datagram came.
     *
     * @return false when it is none of this protocol
     */
    boolean onDatagram(ByteBuffer bytes, InetSocketAddress from) {
        int length = bytes.remaining();
        DirectDatagram datagram = codec.read(bytes);
        if (datagram == null || !Endpoint.of(from).isReachable()) {
            return false;
        }
        if (datagram instanceof DirectDatagram.Offer offer) {
            onOffer(offer, from);
        } else if (datagram instanceof DirectDatagram.Data data) {
            onData(data, from, length);
        } else if (datagram instanceof DirectDatagram.Farewell farewell) {
            Incoming incoming = find(farewell.id(), from);
            if (incoming != null) {
                incoming.onFarewell();
            }
        } else if (datagram instanceof DirectDatagram.Abort abort) {
            onAbort(abort, from);
        }
        return true;
    }

    private void onOffer(DirectDatagram.Offer offer, InetSocketAddress from) {
        Key key = new Key(from, offer.id());
        Incoming known = running.get(key);
        if (known == null && ended.containsKey(key)) {
            known = ended.get(key).incoming();
        }
        if (known != null) {
            known.onOffer();
        } else if (!tokens.isValid(offer.token(), from, offer.id(), nowNanos())) {
            send(new DirectDatagram.Challenge(offer.id(), tokens.make(from, offer.id(), nowNanos())), from);
        } else {
            begin(offer, key);
        }
    }

    private void begin(DirectDatagram.Offer offer, Key key) {
        endEarlierAttempt(offer, key.from());
        if (running.size() >= DirectLimits.MAX_TRANSFERS
                || countFrom(key.from()) >= DirectLimits.MAX_TRANSFERS_PER_ADDRESS) {
            send(new DirectDatagram.Refuse(offer.id(), DirectReason.BUSY), key.from());
            return;
        }
        int chunkBytes = Math.min(offer.chunkBytes(), flightBytes);
        long receiverId = random.nextLong();
        while (receiverId == 0 || byReceiverId.containsKey(receiverId)) {
            receiverId = random.nextLong();
        }
        Incoming incoming = new Incoming(this, key.from(), offer, receiverId, chunkBytes, flightBytes, nowNanos());
        running.put(key, incoming);
        byReceiverId.put(receiverId, incoming);
        host.onOffer(incoming);
        if (incoming.isOpen()) {
            incoming.onOffer();
        }
    }

    /** The sender was restarted: its old attempt would keep the file from the new one. */
    private void endEarlierAttempt(DirectDatagram.Offer offer, InetSocketAddress from) {
        for (Incoming incoming : new ArrayList<>(running.values())) {
            if (incoming.from().getAddress().equals(from.getAddress())
                    && incoming.file().content().equals(offer.file().content())
                    && incoming.file().name().equals(offer.file().name())) {
                incoming.onAbort(DirectReason.CANCELLED);
            }
        }
    }

    private long countFrom(InetSocketAddress from) {
        AddressBits network = AddressBits.of(from.getAddress()).network();
        return running.values().stream()
                .filter(incoming ->
                        AddressBits.of(incoming.from().getAddress()).network().equals(network))
                .count();
    }

    private void onData(DirectDatagram.Data data, InetSocketAddress from, int length) {
        Incoming incoming = find(data.id(), from);
        if (incoming != null) {
            incoming.onData(data);
        } else if (length >= ABORT_BYTES) {
            send(new DirectDatagram.Abort(0, data.id(), DirectReason.UNKNOWN), from);
        }
    }

    /** A transfer by the id that this side gave; only from where its offer came. */
    private Incoming find(long receiverId, InetSocketAddress from) {
        Incoming incoming = byReceiverId.getOrDefault(receiverId, endedByReceiverId.get(receiverId));
        return incoming != null && incoming.from().equals(from) ? incoming : null;
    }

    private void onAbort(DirectDatagram.Abort abort, InetSocketAddress from) {
        Incoming incoming = find(abort.id(), from);
        if (incoming == null) {
            incoming = running.get(new Key(from, abort.id()));
        }
        if (incoming != null) {
            incoming.onAbort(abort.reason());
        }
    }

    @Override
    public void onEnded(Incoming incoming, boolean wasAsking) {
        Key key = new Key(incoming.from(), incoming.senderId());
        running.remove(key);
        byReceiverId.remove(incoming.receiverId());
        if (ended.size() >= DirectLimits.MAX_ENDED) {
            forget(ended.keySet().iterator().next());
        }
        ended.put(key, new Ended(incoming, nowNanos() + REMEMBER_NANOS));
        endedByReceiverId.put(incoming.receiverId(), incoming);
        if (wasAsking) {
            host.onWithdrawn(incoming);
        }
    }

    private void forget(Key key) {
        Ended gone = ended.remove(key);
        endedByReceiverId.remove(gone.incoming().receiverId());
    }

    /** Transfers that run or wait for a decision. */
    int size() {
        return running.size();
    }

    /** Ends all, and tells the senders. */
    void close() {
        List<Incoming> all = new ArrayList<>(running.values());
        all.forEach(Incoming::cancel);
    }

    long waitNanos(long now) {
        long wait = FileSender.NO_TIMER;
        for (Incoming incoming : running.values()) {
            wait = Math.min(wait, incoming.waitNanos(now));
        }
        return wait;
    }

    void onTimer(long now) {
        for (Incoming incoming : new ArrayList<>(running.values())) {
            incoming.onTimer(now);
        }
        while (!ended.isEmpty()) {
            Map.Entry<Key, Ended> oldest = ended.entrySet().iterator().next();
            if (oldest.getValue().untilNanos() - now > 0) {
                return;
            }
            forget(oldest.getKey());
        }
    }
}
