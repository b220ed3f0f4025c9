package p101.loop;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A listening TCP port of an {@link EventLoop}. Loop thread only, except {@link #localAddress} and {@link #refusedConnections}.
 *
 * <p>When the system has no descriptor left, the port rests for 100 ms instead of asking for ever; connections that stand
 * are not touched.
 */
public final class Acceptor implements AutoCloseable {
    /**
     * Connections taken in one turn at most, and no more than an eighth of the limit: each may make another one close, whose
     * descriptor is free after the turn only.
     */
    private static final int MAX_ACCEPTS_PER_TURN = 64;

    /** How long the port rests after the system refused a descriptor. */
    static final long REST_NANOS = 100_000_000;

    private static final int BACKLOG = 1_024;

    /** Closes a connection so that a newcomer need not be refused. Called on the loop thread. */
    @FunctionalInterface
    public interface RoomMaker {
        /**
         * @param sameAddress whether it must be one of the newcomer's address, since that has its share
         * @return whether one was closed
         */
        boolean makeRoom(InetAddress newcomer, boolean sameAddress);
    }

    private final EventLoop loop;
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final AcceptLimits limits;
    private final SocketSettings settings;
    private final Function<InetSocketAddress, ConnectionHandler> factory;
    private final Map<Long, Integer> openByAddress = new HashMap<>();
    private SelectionKey key;
    private int open;
    private final AtomicLong refused = new AtomicLong();
    private byte[] lastWords = {};
    private RoomMaker roomMaker = (newcomer, sameAddress) -> false;
    private TimerHandle rest;

    private Acceptor(
            EventLoop loop,
            ServerSocketChannel channel,
            AcceptLimits limits,
            SocketSettings settings,
            Function<InetSocketAddress, ConnectionHandler> factory)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.limits = limits;
        this.settings = settings;
        this.factory = factory;
    }

    static Acceptor open(
            EventLoop loop,
            InetSocketAddress local,
            AcceptLimits limits,
            SocketSettings settings,
            Function<InetSocketAddress, ConnectionHandler> factory)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            settings.applyReceiveBuffer(channel);
            channel.bind(local, BACKLOG);
            Acceptor acceptor = new Acceptor(loop, channel, limits, settings, factory);
            acceptor.key = loop.register(channel, SelectionKey.OP_ACCEPT, acceptor.new Owner());
            return acceptor;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the port listens, with the port number that the system chose. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /** Connections that stand now. */
    public int openConnections() {
        return open;
    }

    /** Connections above a limit, closed at once; any thread. */
    public long refusedConnections() {
        return refused.getAcquire();
    }

    /** What a connection above a limit is sent, if it takes it at once, before it is closed. */
    public void setLastWords(ByteBuffer bytes) {
        lastWords = new byte[bytes.remaining()];
        bytes.duplicate().get(lastWords);
    }

    /** Whom to ask before a newcomer is refused; nobody at first. */
    public void setRoomMaker(RoomMaker maker) {
        roomMaker = maker;
    }

    /** Takes no more connections; those that stand go on. */
    @Override
    public void close() {
        if (rest != null) {
            rest.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            loop.report(e);
        }
    }

    /** A connection of this port ended. */
    void released(InetAddress remote) {
        open--;
        loop.accepted--;
        openByAddress.computeIfPresent(groupOf(remote), (group, count) -> count == 1 ? null : count - 1);
    }

    /** One number for an IPv4 address or for the /64 network of an IPv6 address: whoever has one address there has all. */
    public static long groupOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        // 0000:ffff::/32 belongs to nobody, so the two kinds never meet.
        return address instanceof Inet4Address
                ? 0x0000_FFFF_0000_0000L | (buffer.getInt() & 0xFFFF_FFFFL)
                : buffer.getLong();
    }

    private void acceptSome() {
        int most = Math.max(1, Math.min(MAX_ACCEPTS_PER_TURN, limits.total() / 8));
        for (int i = 0; i < most && channel.isOpen(); i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                loop.tally.count(LoopCounter.ACCEPT_FAILURES);
                restForAWhile();
                return;
            }
            if (accepted == null) {
                return;
            }
            loop.progress();
            admit(accepted);
        }
    }

    private void restForAWhile() {
        loop.progress();
        key.interestOps(0);
        rest = loop.schedule(REST_NANOS, this::wakeFromRest);
    }

    private void wakeFromRest() {
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void admit(SocketChannel accepted) {
        try {
            accepted.configureBlocking(false);
            InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
            ConnectionHandler handler = isWithinLimits(remote.getAddress()) ? factory.apply(remote) : null;
            if (handler == null) {
                refuse(accepted);
                return;
            }
            settings.applyTo(accepted);
            TcpConnection.accepted(loop, this, accepted, settings, handler);
            open++;
            loop.accepted++;
            openByAddress.merge(groupOf(remote.getAddress()), 1, Integer::sum);
            loop.tally.count(LoopCounter.ACCEPTED);
        } catch (IOException | RuntimeException e) {
            // The other side may be gone already, which is no failure of ours.
            if (e instanceof RuntimeException) {
                loop.report(e);
            }
            closeQuietly(accepted);
        }
    }

    private boolean isWithinLimits(InetAddress remote) {
        // The ports of a loop share the descriptors of the process.
        boolean full = open >= limits.total()
                || loop.accepted >= DescriptorBudget.ofThisProcess().connections();
        boolean crowded = openByAddress.getOrDefault(groupOf(remote), 0) >= limits.perAddress();
        // What makes room is counted until the end of this turn, so for a moment there are more by as many as are taken
        // in one.
        if (!full && !crowded || roomMaker.makeRoom(remote, crowded)) {
            return true;
        }
        loop.tally.count(full ? LoopCounter.REFUSED_TOTAL : LoopCounter.REFUSED_PER_ADDRESS);
        refused.setRelease(refused.getPlain() + 1);
        return false;
    }

    private void refuse(SocketChannel accepted) throws IOException {
        if (lastWords.length > 0) {
            accepted.write(ByteBuffer.wrap(lastWords));
        }
        accepted.close();
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            // Nothing of it is ours to lose.
        }
    }

    /** The listening key; it keeps the methods of the key's owner out of the public class. */
    private final class Owner implements KeyOwner {
        @Override
        public void onReady(SelectionKey readyKey) {
            acceptSome();
        }

        @Override
        public void rebind(SelectionKey newKey) {
            key = newKey;
        }

        @Override
        public void onFailure() {
            restForAWhile();
        }

        @Override
        public void onLoopClosed() {
            close();
        }
    }
}
