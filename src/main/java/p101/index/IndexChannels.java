package p101.index;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Endpoint;

/** The channels of an index, one for each local address, and their threads. Safe from any thread. */
final class IndexChannels {
    /** The system's default (208 KiB) loses one datagram in a thousand in bursts that this takes without loss. */
    static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int PRIVILEGED_PORTS = 1024;
    private static final int FREE_PORT_TRIES = 16;
    private static final long JOIN_MILLIS = 2_000;

    private final IndexContext context;
    private final int wantedPort;
    private final LocalAddresses addresses;
    private final boolean needsAll;
    private final Clock clock;
    private final Consumer<Throwable> errors;
    private final Map<InetAddress, Open> open = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();
    private int port;
    private int receiveBufferBytes = Integer.MAX_VALUE;
    private boolean closed;

    private record Open(DatagramChannel channel, Endpoint local, Thread thread) {}

    /**
     * @param needsAll whether an address that cannot be opened is an error; otherwise it is skipped
     */
    IndexChannels(
            IndexContext context,
            int port,
            LocalAddresses addresses,
            boolean needsAll,
            Clock clock,
            Consumer<Throwable> errors) {
        this.context = context;
        this.wantedPort = port;
        this.addresses = addresses;
        this.needsAll = needsAll;
        this.clock = clock;
        this.errors = errors;
    }

    /** Opens all; when no port was chosen, one that is free on every address. */
    synchronized void open() throws IOException {
        for (int tries = 1; ; tries++) {
            port = wantedPort;
            try {
                openMissing(new LinkedHashSet<>(addresses.list()));
                break;
            } catch (IOException e) {
                closeAll();
                if (wantedPort != 0 || tries == FREE_PORT_TRIES) {
                    throw e;
                }
            }
        }
        if (open.isEmpty()) {
            throw new IOException(
                    "UDP port " + wantedPort + " cannot be opened on any address of this machine: " + skipped);
        }
    }

    /** Opens channels on addresses that came and closes those that went. */
    synchronized void scan() throws IOException {
        if (closed) {
            return;
        }
        Set<InetAddress> now = new LinkedHashSet<>(addresses.list());
        for (InetAddress address : List.copyOf(open.keySet())) {
            if (!now.contains(address)) {
                close(open.remove(address));
            }
        }
        openMissing(now);
    }

    private void openMissing(Set<InetAddress> wanted) throws IOException {
        skipped.clear();
        for (InetAddress address : wanted) {
            if (open.containsKey(address)) {
                continue;
            }
            try {
                openOne(address);
            } catch (IndexPortInUseException e) {
                throw e;
            } catch (IOException e) {
                if (needsAll) {
                    throw e;
                }
                skipped.add(e.getMessage());
            }
        }
    }

    private void openOne(InetAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, RECEIVE_BUFFER_BYTES);
            receiveBufferBytes = Math.min(receiveBufferBytes, channel.getOption(StandardSocketOptions.SO_RCVBUF));
            bind(channel, address);
            start(channel, address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void start(DatagramChannel channel, InetAddress address) throws IOException {
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        Endpoint local = new Endpoint(address, port);
        IndexChannel reader = new IndexChannel(channel, local, context, clock, errors);
        Thread thread = new Thread(reader, "p101-index-" + local);
        context.own().add(local);
        open.put(address, new Open(channel, local, thread));
        thread.start();
    }

    private void bind(DatagramChannel channel, InetAddress address) throws IOException {
        try {
            // Never SO_REUSEADDR: with it a second index would silently take half of the datagrams.
            channel.bind(new InetSocketAddress(address, port));
        } catch (BindException e) {
            throw explained(address, e);
        }
    }

    /** The system says the same of a port in use and of an address that is not ours; whether any port works tells them apart. */
    private IOException explained(InetAddress address, BindException problem) {
        String where = "UDP port " + port + " on " + address.getHostAddress();
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.bind(new InetSocketAddress(address, 0));
        } catch (IOException | UnsupportedOperationException e) {
            return new IOException(
                    where + " cannot be opened: this machine has no such address; name one that it has", problem);
        }
        IndexPortInUseException inUse = new IndexPortInUseException(
                port < PRIVILEGED_PORTS
                        ? where + " is in use or needs a privilege; choose another one, such as "
                                + IndexConfig.DEFAULT_PORT
                        : where + " is in use, perhaps by another index: end that program or choose another port");
        inUse.initCause(problem);
        return inUse;
    }

    synchronized List<Endpoint> endpoints() {
        return open.values().stream().map(Open::local).toList();
    }

    synchronized List<String> skipped() {
        return List.copyOf(skipped);
    }

    synchronized int port() {
        return port;
    }

    synchronized int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    synchronized void close() {
        closed = true;
        closeAll();
    }

    private void closeAll() {
        List.copyOf(open.values()).forEach(this::close);
        open.clear();
    }

    /** Closing the channel is what ends its thread; an interrupt would do so for others too. */
    private void close(Open one) {
        context.own().remove(one.local());
        try {
            one.channel().close();
            if (one.thread() != Thread.currentThread()) {
                one.thread().join(JOIN_MILLIS);
            }
        } catch (IOException e) {
            errors.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
