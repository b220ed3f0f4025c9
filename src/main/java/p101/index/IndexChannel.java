package p101.index;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import p101.model.Clock;
import p101.model.Endpoint;
import p101.pdu.PduLayout;

/**
 * One local address of the index: an unconnected channel (which ICMP errors do not disturb) and the blocking thread that reads it,
 * because at 50,000 datagrams a second a selector's slowest answers take forty times as long. It ends when the channel is
 * closed, and by nothing else.
 *
 * <p>While one datagram follows the other the channel does not block: what the JDK does around a call that may block, for the sake
 * of closing and interrupting, costs a twelfth of an answer. Only when there is nothing to read does it wait in a blocking call.
 */
final class IndexChannel implements Runnable {
    /** One byte more than a PDU: a longer datagram is cut to it and seen to be too long. */
    static final int RECEIVE_BYTES = PduLayout.PDU_BYTES + 1;

    /** So that a receive that fails again and again does not keep a core busy. */
    private static final long PAUSE_AFTER_FAILURE_NANOS = 1_000_000L;

    private final DatagramChannel channel;
    private final Endpoint local;
    private final IndexProtocol protocol;
    private final IndexCounters counters;
    private final Clock clock;
    private final Consumer<Throwable> errors;
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final Replies replies = this::reply;

    /** The channel gives the same object for the same sender while nobody else sends. */
    private InetSocketAddress source;

    private Endpoint sourceEndpoint;

    /**
     * @param channel bound, and set not to block
     */
    IndexChannel(
            DatagramChannel channel, Endpoint local, IndexContext context, Clock clock, Consumer<Throwable> errors) {
        this.channel = channel;
        this.local = local;
        this.protocol = new IndexProtocol(context);
        this.counters = protocol.counters();
        this.clock = clock;
        this.errors = errors;
    }

    @Override
    public void run() {
        while (channel.isOpen()) {
            try {
                receive();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                counters.receiveFailed();
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
            } catch (RuntimeException e) {
                counters.failed();
                errors.accept(e);
            }
        }
    }

    private void receive() throws IOException {
        received.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(received);
        if (from == null) {
            from = await();
        }
        received.flip();
        if (from != source) {
            source = from;
            sourceEndpoint = Endpoint.of(from);
        }
        protocol.handle(received, sourceEndpoint, local, clock.nowNanos(), replies);
    }

    private InetSocketAddress await() throws IOException {
        channel.configureBlocking(true);
        try {
            return (InetSocketAddress) channel.receive(received);
        } finally {
            channel.configureBlocking(false);
        }
    }

    private void reply(ByteBuffer reply) {
        try {
            if (channel.send(reply, source) == 0) {
                sendWhenThereIsRoom(reply);
            }
        } catch (IOException e) {
            // No route, a full queue: to the sender it is a lost datagram, and it asks again.
            counters.sendFailed();
        }
    }

    /** A burst can be faster than the network: it goes at the network's pace then. */
    private void sendWhenThereIsRoom(ByteBuffer reply) throws IOException {
        channel.configureBlocking(true);
        try {
            channel.send(reply, source);
        } finally {
            channel.configureBlocking(false);
        }
    }
}
