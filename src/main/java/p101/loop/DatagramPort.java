package p101.loop;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A UDP port of an {@link EventLoop}. Loop thread only, except {@link #localAddress}. */
public final class DatagramPort implements AutoCloseable {
    /** Datagrams taken in one turn at most. */
    private static final int MAX_DATAGRAMS_PER_TURN = 64;

    private final EventLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress connected;
    private final DatagramHandler handler;

    private DatagramPort(
            EventLoop loop, DatagramChannel channel, InetSocketAddress connectedOrNull, DatagramHandler handler)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.connected = connectedOrNull;
        this.handler = handler;
    }

    static DatagramPort open(
            EventLoop loop, InetSocketAddress bindOrNull, InetSocketAddress connectOrNull, DatagramHandler handler)
            throws IOException {
        DatagramChannel channel = openChannel(bindOrNull, connectOrNull);
        try {
            channel.configureBlocking(false);
            channel.bind(bindOrNull);
            if (connectOrNull != null) {
                channel.connect(connectOrNull);
            }
            DatagramPort port = new DatagramPort(loop, channel, connectOrNull, handler);
            loop.register(channel, SelectionKey.OP_READ, port.new Owner());
            return port;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** An IPv4 socket where an IPv4 address is used, so that it works where IPv6 is off. */
    private static DatagramChannel openChannel(InetSocketAddress bindOrNull, InetSocketAddress connectOrNull)
            throws IOException {
        InetSocketAddress decisive = connectOrNull != null ? connectOrNull : bindOrNull;
        if (decisive == null
                || decisive.getAddress() == null
                || decisive.getAddress().isAnyLocalAddress()) {
            return DatagramChannel.open();
        }
        ProtocolFamily family = decisive.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        return DatagramChannel.open(family);
    }

    /** Where the port is, with the number that the system chose. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /**
     * Asks the system for buffers of these sizes, for protocols that have much on its way at a time.
     *
     * @return bytes of the receive buffer that it gave
     */
    public int setBuffers(int receiveBytes, int sendBytes) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBytes);
        return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    /**
     * Sends to the connected address.
     *
     * @return whether the system took it; if not it is as good as lost on the way
     */
    public boolean send(ByteBuffer datagram) {
        return send(datagram, null);
    }

    /**
     * Sends to an address.
     *
     * @return whether the system took it; if not it is as good as lost on the way
     */
    public boolean send(ByteBuffer datagram, InetSocketAddress toOrNull) {
        boolean sent;
        try {
            int length = datagram.remaining();
            int taken = toOrNull == null ? channel.write(datagram) : channel.send(datagram, toOrNull);
            sent = taken == length;
        } catch (PortUnreachableException e) {
            unreachable();
            return false;
        } catch (IOException e) {
            sent = false;
        }
        loop.tally.count(sent ? LoopCounter.DATAGRAMS_OUT : LoopCounter.DATAGRAMS_NOT_SENT);
        return sent;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            loop.report(e);
        }
    }

    private void receiveSome() {
        for (int i = 0; i < MAX_DATAGRAMS_PER_TURN && channel.isOpen(); i++) {
            ByteBuffer buffer = loop.readBuffer();
            InetSocketAddress from;
            try {
                from = receive(buffer);
            } catch (PortUnreachableException e) {
                unreachable();
                continue;
            } catch (IOException e) {
                // A message of the network about an earlier datagram; the socket goes on.
                loop.progress();
                continue;
            }
            if (from == null) {
                return;
            }
            loop.progress();
            loop.tally.count(LoopCounter.DATAGRAMS_IN);
            handler.onDatagram(buffer.flip(), from);
        }
    }

    private InetSocketAddress receive(ByteBuffer buffer) throws IOException {
        if (connected == null) {
            return (InetSocketAddress) channel.receive(buffer);
        }
        // receive() would make an address for each datagram; an empty datagram cannot be told from none, and is none.
        return channel.read(buffer) > 0 ? connected : null;
    }

    private void unreachable() {
        loop.progress();
        loop.tally.count(LoopCounter.UNREACHABLE);
        handler.onUnreachable();
    }

    /** The port's key; it keeps the methods of the key's owner out of the public class. */
    private final class Owner implements KeyOwner {
        @Override
        public void onReady(SelectionKey readyKey) {
            receiveSome();
        }

        @Override
        public void rebind(SelectionKey newKey) {
            // The port never changes what it waits for, so it keeps no key.
        }

        @Override
        public void onFailure() {
            // The handler lost one datagram; the port goes on.
        }

        @Override
        public void onLoopClosed() {
            close();
        }
    }
}
