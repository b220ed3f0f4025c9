package p101.direct;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import p101.model.Content;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;
import p101.model.Root;

/** Senders, one receiver and the network between them, in one thread and from one seed; the clock is ours. */
final class Simulation {
    private static final InetSocketAddress RECEIVER = address(99, 5000);

    private record Event(long atNanos, long order, Runnable action) {}

    private final long seed;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> {
        int byTime = Long.compare(a.atNanos(), b.atNanos());
        return byTime != 0 ? byTime : Long.compare(a.order(), b.order());
    });
    private final SimulatedLink.Running forth;
    private final SimulatedLink.Running back;
    private final List<Sending> senders = new ArrayList<>();
    private long order;
    long nowNanos = 1_000_000_000L;

    /** Most bytes on their way that the receiver allows. */
    private final int flightBytes;

    Receiving receiver;

    Simulation(long seed, SimulatedLink forth, SimulatedLink back) {
        this(seed, forth, back, 1 << 20);
    }

    Simulation(long seed, SimulatedLink forth, SimulatedLink back, int flightBytes) {
        this.seed = seed;
        this.flightBytes = flightBytes;
        this.random = new SplittableRandom(seed);
        this.forth = new SimulatedLink.Running(forth, random);
        this.back = new SimulatedLink.Running(back, random);
        this.receiver = new Receiving(new MemoryStore());
    }

    static InetSocketAddress address(int last, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    SimulatedLink.Running forth() {
        return forth;
    }

    static byte[] content(int size, long seed) {
        byte[] bytes = new byte[size];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** What the store of these tests takes for a root: it only has to tell contents apart. */
    static Root rootOf(byte[] content) {
        return new Root(java.util.Arrays.hashCode(content) | 1L << 40, content.length, 3, 4);
    }

    /** Starts to send. */
    Sending send(byte[] content, int manifestLength, int chunkBytes) {
        Sending sending = new Sending(content, manifestLength, chunkBytes, address(1 + senders.size(), 4000));
        senders.add(sending);
        sending.sender.start(nowNanos);
        schedule(sending);
        return sending;
    }

    /** Kills the receiver's process and starts it anew; the store is what was on the disk. */
    void restartReceiver() {
        receiver = new Receiving(receiver.store);
    }

    private void at(long atNanos, Runnable action) {
        events.add(new Event(atNanos, order++, action));
    }

    /** Runs until nothing happens any more or the time is over. */
    void run(long nanos) {
        long end = nowNanos + nanos;
        while (!events.isEmpty() && events.peek().atNanos() <= end) {
            Event event = events.poll();
            nowNanos = Math.max(nowNanos, event.atNanos());
            event.action().run();
        }
        nowNanos = Math.max(nowNanos, Math.min(end, nowNanos));
    }

    /** Runs until a transfer has ended. */
    void runToEnd(Sending sending, long mostNanos) {
        long end = nowNanos + mostNanos;
        while (sending.end == null && !events.isEmpty() && nowNanos < end) {
            Event event = events.poll();
            nowNanos = Math.max(nowNanos, event.atNanos());
            event.action().run();
        }
        if (sending.end == null) {
            throw new AssertionError("seed " + seed + ": not over in time");
        }
    }

    private static ByteBuffer copy(ByteBuffer datagram) {
        return ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
    }

    private void schedule(Sending sending) {
        long wait = sending.sender.waitNanos(nowNanos);
        if (wait != FileSender.NO_TIMER) {
            long version = ++sending.timer;
            at(nowNanos + Math.max(wait, 1_000), () -> {
                if (version == sending.timer && !sending.dead) {
                    sending.sender.onTimer(nowNanos);
                    schedule(sending);
                }
            });
        }
    }

    private void schedule(Receiving receiving) {
        long wait = receiving.core.waitNanos(nowNanos);
        if (wait != FileSender.NO_TIMER) {
            long version = ++receiving.timer;
            at(nowNanos + Math.max(wait, 1_000), () -> {
                if (version == receiving.timer && receiving == receiver) {
                    receiving.core.onTimer(nowNanos);
                    schedule(receiving);
                }
            });
        }
    }

    /** One sender at an address of its own. */
    final class Sending implements SendListener {
        final byte[] content;
        final FileSender sender;
        final InetSocketAddress address;
        private long timer;
        boolean dead;
        SendEnd end;
        long endNanos;
        long doneBytes;

        private Sending(byte[] content, int manifestLength, int chunkBytes, InetSocketAddress address) {
            this.content = content;
            this.address = address;
            FileOffer offer = new FileOffer(
                    PeerName.of("alice"),
                    FileName.of("song.bin"),
                    new Content(rootOf(content), content.length),
                    manifestLength,
                    0);
            Randomness seeded = Randomness.seeded(random.nextLong());
            ContentReader reader = (position, into) -> into.put(content, (int) position, into.remaining());
            sender = new FileSender(
                    offer, ByteBuffer.allocate(manifestLength), chunkBytes, reader, seeded, this::transmit, this);
        }

        private boolean transmit(ByteBuffer datagram) {
            ByteBuffer bytes = copy(datagram);
            for (long arrival : forth.carry(bytes.remaining(), nowNanos)) {
                at(arrival, () -> receiver.onDatagram(bytes.duplicate(), address));
            }
            return true;
        }

        private void onDatagram(ByteBuffer bytes) {
            if (!dead) {
                sender.onDatagram(bytes, nowNanos);
                schedule(this);
            }
        }

        /** Its process is killed: no word more. */
        void kill() {
            dead = true;
        }

        @Override
        public void onProgress(long done, long total) {
            doneBytes = done;
        }

        @Override
        public void onEnd(SendEnd how) {
            end = how;
            endNanos = nowNanos;
        }
    }

    /** The receiver's process. */
    final class Receiving implements OfferHost {
        final MemoryStore store;
        final FileReceiver core;
        private long timer;

        private Receiving(MemoryStore store) {
            this.store = store;
            this.core = new FileReceiver(
                    this, Randomness.seeded(random.nextLong()), flightBytes, this::transmit, () -> nowNanos);
        }

        private void transmit(ByteBuffer datagram, InetSocketAddress to) {
            ByteBuffer bytes = copy(datagram);
            for (long arrival : back.carry(bytes.remaining(), nowNanos)) {
                at(
                        arrival,
                        () -> senders.stream()
                                .filter(sending -> sending.address.equals(to))
                                .forEach(sending -> sending.onDatagram(bytes.duplicate())));
            }
        }

        void onDatagram(ByteBuffer bytes, InetSocketAddress from) {
            core.onDatagram(bytes, from);
            schedule(this);
        }

        @Override
        public void onOffer(IncomingOffer offer) {
            offer.accept(store.open(offer));
        }
    }

    static InetSocketAddress receiverAddress() {
        return RECEIVER;
    }
}
