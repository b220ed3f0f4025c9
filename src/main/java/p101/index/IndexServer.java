package p101.index;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.registry.Registry;

/**
 * An index on the network: one UDP channel and one blocking thread for each local address, so that an answer leaves from the
 * address that was asked. Unless it was told its addresses it looks every 30 s whether they changed. Safe from any thread.
 */
public final class IndexServer implements AutoCloseable {
    private static final long TICK_MILLIS = 1_000;
    private static final int TICKS_PER_SCAN = 30;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final IndexContext context;
    private final IndexChannels channels;
    private final Clock clock;
    private final Consumer<Throwable> errors;
    private final boolean scans;
    private final Object ticker = new Object();
    private boolean closed;

    private IndexServer(
            IndexContext context, IndexChannels channels, Clock clock, Consumer<Throwable> errors, boolean scans) {
        this.context = context;
        this.channels = channels;
        this.clock = clock;
        this.errors = errors;
        this.scans = scans;
    }

    /**
     * Opens the channels and starts to answer.
     *
     * @param errors gets what should not have happened, from any thread; the index goes on
     * @throws IndexPortInUseException when another program has the port; the message says what to do
     * @throws IOException when an address that was asked for, or every local one, could not be opened
     */
    public static IndexServer start(IndexConfig config, Registry registry, Clock clock, Consumer<Throwable> errors)
            throws IOException {
        return start(config, registry, clock, errors, LocalAddresses::ofThisMachine);
    }

    static IndexServer start(
            IndexConfig config, Registry registry, Clock clock, Consumer<Throwable> errors, LocalAddresses addresses)
            throws IOException {
        long slotOffsetNanos = clock.unixMillis() * NANOS_PER_MILLI - clock.nowNanos();
        IndexContext context = new IndexContext(registry, slotOffsetNanos, config.advertise(), config.trace());
        boolean scans = config.bind().isEmpty() || config.bind().stream().anyMatch(InetAddress::isAnyLocalAddress);
        LocalAddresses wanted = scans ? addresses : config::bind;
        IndexChannels channels = new IndexChannels(context, config.port(), wanted, !scans, clock, errors);
        channels.open();
        IndexServer server = new IndexServer(context, channels, clock, errors, scans);
        Thread tick = new Thread(server::tick, "p101-index-tick");
        tick.setDaemon(true);
        tick.start();
        return server;
    }

    /** Once a second: lets the registry tidy up although nobody asks, and now and then looks for new addresses. */
    private void tick() {
        for (int ticks = 1; waitForTick(); ticks++) {
            try {
                context.measure(clock.nowNanos());
                if (scans && ticks % TICKS_PER_SCAN == 0) {
                    channels.scan();
                }
            } catch (IOException | RuntimeException e) {
                errors.accept(e);
            }
        }
    }

    private boolean waitForTick() {
        long end = System.nanoTime() + TICK_MILLIS * NANOS_PER_MILLI;
        synchronized (ticker) {
            try {
                long left = TICK_MILLIS * NANOS_PER_MILLI;
                while (!closed && left > 0) {
                    ticker.wait(left / NANOS_PER_MILLI + 1);
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException e) {
                return false;
            }
            return !closed;
        }
    }

    /** Opens channels on addresses that came and closes those that went; happens by itself every 30 s. */
    void scan() throws IOException {
        channels.scan();
    }

    /** Where it answers. */
    public List<Endpoint> endpoints() {
        return channels.endpoints();
    }

    /** The UDP port, the same on all addresses. */
    public int port() {
        return channels.port();
    }

    /** Addresses of this machine that could not be opened, each with the reason. */
    public List<String> skipped() {
        return channels.skipped();
    }

    /** The smallest receive buffer of its channels in bytes, as the system granted it. */
    public int receiveBufferBytes() {
        return channels.receiveBufferBytes();
    }

    /** What it did so far. */
    public IndexSnapshot counters() {
        context.measure(clock.nowNanos());
        return context.snapshot(KernelDrops.read(endpoints()));
    }

    /** Stops answering; returns when its threads have ended. */
    @Override
    public void close() {
        synchronized (ticker) {
            closed = true;
            ticker.notifyAll();
        }
        channels.close();
    }
}
