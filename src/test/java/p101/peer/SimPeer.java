package p101.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/** A peer without sockets or files: the real client and the real registrations, in virtual time, and what it shares. */
final class SimPeer {
    private static final long START_UNIX_MILLIS = 1_700_000_000_000L;

    /** Three quarters of 63.5 s: with the greatest jitter no request is given up before. */
    private static final long EARLIEST_SILENCE_NANOS = 47_600 * LossyNetwork.MILLI;

    private final Simulation world;
    private final long key;
    final PeerName name;
    final int tcpPort;
    private final InetAddress address;
    private final Randomness randomness;
    private final long[] storedTx = {0};
    private long clockOffsetMillis;
    private int life;
    private Endpoint self;
    IndexClient client;
    Registrations registrations;
    boolean alive;

    /** What this peer wants others to find. */
    final Map<FileName, Advert> shares = new HashMap<>();

    /** Files whose T was confirmed and that were not shared again since: they must not come back. */
    final Set<FileName> takenBack = new HashSet<>();

    SimPeer(Simulation world, int number, PeerName name, long seed) {
        this.world = world;
        this.key = seed | 1;
        this.name = name;
        this.tcpPort = 6000 + number;
        this.randomness = Randomness.seeded(seed);
        try {
            this.address = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) (number + 1)});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
        start();
    }

    long key() {
        return key;
    }

    void start() {
        alive = true;
        life++;
        int thisLife = life;
        self = new Endpoint(address, 20_000 + life);
        client = new IndexClient(
                new OwnerIdentity(key, tcpPort), new SkewedClock(), randomness, this::send, new StoredTx());
        registrations = new Registrations(client, randomness, name, new Events(thisLife));
        registrations.start(world.network.now());
        shares.values().forEach(advert -> registrations.put(advert, null, world.network.now()));
        tick(thisLife);
    }

    /** As with kill -9: nothing is said, only what was stored stays. */
    void crash() {
        alive = false;
        life++;
    }

    void setClock(long offsetMillis) {
        clockOffsetMillis = offsetMillis;
    }

    private void tick(int ofLife) {
        if (ofLife != life) {
            return;
        }
        long now = world.network.now();
        client.onTimer(now);
        registrations.onTimer(now);
        schedule(ofLife);
    }

    private void schedule(int ofLife) {
        long now = world.network.now();
        long wait = Math.min(client.waitNanos(now), registrations.waitNanos(now));
        if (wait != IndexClient.NO_TIMER) {
            world.network.after(Math.max(1, Math.min(wait, 500 * LossyNetwork.MILLI)), () -> tick(ofLife));
        }
    }

    private void send(ByteBuffer datagram) {
        Endpoint from = self;
        int ofLife = life;
        SimIndex index = world.index;
        world.network.carry(datagram, request -> index.receive(request, from, answer -> receive(answer, ofLife)));
    }

    private void receive(ByteBuffer answer, int ofLife) {
        if (ofLife == life && alive) {
            client.onDatagram(answer, world.network.now());
        }
    }

    void share(FileName file, long content) {
        Advert advert = new Advert(name, file, 0, content, new ContentId(content));
        shares.put(file, advert);
        takenBack.remove(file);
        registrations.put(advert, null, world.network.now());
    }

    void unshare(FileName file) {
        shares.remove(file);
        long startedNanos = world.network.now();
        int ofLife = life;
        registrations.remove(
                file,
                (advert, ending) -> {
                    world.checkPatience(ending, startedNanos);
                    if (ending.isDone() && ofLife == life && !shares.containsKey(file)) {
                        takenBack.add(file);
                    }
                },
                startedNanos);
    }

    static long earliestSilenceNanos() {
        return EARLIEST_SILENCE_NANOS;
    }

    private final class Events implements RegistrationsListener {
        private final int ofLife;

        Events(int ofLife) {
            this.ofLife = ofLife;
        }

        @Override
        public void onRefused(Advert advert, Ending why) {
            world.checkRefusal(SimPeer.this, advert, why);
            if (ofLife == life) {
                shares.remove(advert.file());
            }
        }
    }

    private final class SkewedClock implements Clock {
        @Override
        public long nowNanos() {
            return world.network.now();
        }

        @Override
        public long unixMillis() {
            return START_UNIX_MILLIS + world.network.now() / LossyNetwork.MILLI + clockOffsetMillis;
        }
    }

    private final class StoredTx implements TxStore {
        @Override
        public long load() {
            return storedTx[0];
        }

        @Override
        public void save(long mark) {
            storedTx[0] = mark;
        }
    }
}
