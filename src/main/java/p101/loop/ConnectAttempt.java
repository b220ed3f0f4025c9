package p101.loop;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connect under way: it ends in a connection that stands or in one that is closed, never in an exception. Loop thread. */
final class ConnectAttempt implements KeyOwner {
    private final EventLoop loop;
    private final SocketChannel channel;
    private final TcpConnection connection;

    private ConnectAttempt(EventLoop loop, SocketChannel channel, TcpConnection connection) {
        this.loop = loop;
        this.channel = channel;
        this.connection = connection;
    }

    static TcpConnection start(
            EventLoop loop,
            InetSocketAddress remote,
            InetAddress bindOrNull,
            long timeoutNanos,
            SocketSettings settings,
            ConnectionHandler handler) {
        loop.tally.count(LoopCounter.CONNECTS_STARTED);
        SocketChannel channel;
        try {
            channel = SocketChannel.open();
        } catch (IOException noDescriptor) {
            TcpConnection stillborn = TcpConnection.connecting(loop, null, remote, settings, handler);
            stillborn.close(CloseReason.CONNECT_FAILED);
            return stillborn;
        }
        TcpConnection connection = TcpConnection.connecting(loop, channel, remote, settings, handler);
        try {
            new ConnectAttempt(loop, channel, connection).begin(remote, bindOrNull, timeoutNanos, settings);
        } catch (IOException | RuntimeException e) {
            connection.close(reasonOf(e));
        }
        return connection;
    }

    private void begin(InetSocketAddress remote, InetAddress bindOrNull, long timeoutNanos, SocketSettings settings)
            throws IOException {
        channel.configureBlocking(false);
        settings.applyTo(channel);
        if (bindOrNull != null) {
            channel.bind(new InetSocketAddress(bindOrNull, 0));
        }
        boolean connected = channel.connect(remote);
        SelectionKey key = loop.register(channel, connected ? 0 : SelectionKey.OP_CONNECT, this);
        connection.connectStarted(key, loop.schedule(timeoutNanos, this::timedOut));
        if (connected) {
            succeed();
        }
    }

    private void timedOut() {
        connection.close(CloseReason.CONNECT_TIMEOUT);
    }

    private void succeed() throws IOException {
        InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
        if (connection.remote().equals(local)) {
            // A port of the ephemeral range that nobody listens on can be connected to itself.
            throw new ConnectException("connected to itself");
        }
        connection.connected(local);
    }

    private static CloseReason reasonOf(Exception failure) {
        return failure instanceof ConnectException ? CloseReason.CONNECT_REFUSED : CloseReason.CONNECT_FAILED;
    }

    @Override
    public void onReady(SelectionKey key) {
        loop.progress();
        try {
            if (channel.finishConnect()) {
                succeed();
            }
        } catch (IOException e) {
            connection.close(reasonOf(e));
        }
    }

    @Override
    public void rebind(SelectionKey key) {
        connection.rebind(key);
    }

    @Override
    public void onFailure() {
        connection.onFailure();
    }

    @Override
    public void onLoopClosed() {
        connection.onLoopClosed();
    }
}
