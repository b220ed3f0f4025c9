package p101.peer;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import p101.model.Randomness;

/**
 * Asks an index from the calling thread and ends: what {@code ls} and {@code find} use. It loads few classes, starts no
 * thread and logs nothing, since the whole process lives for a few hundredths of a second. One thread.
 */
public final class OneShotIndex implements Closeable {
    /** One byte more than a PDU, so that a longer datagram is seen to be longer instead of being cut to fit. */
    private static final int RECEIVE_BYTES = IndexClient.DATAGRAM_BYTES + 1;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Asked of the system, so that a whole burst of entries waits while a row is printed. */
    private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

    private final DatagramSocket socket;
    private final InetSocketAddress index;
    private final IndexClient client;
    private final byte[] received = new byte[RECEIVE_BYTES];
    private final DatagramPacket packet = new DatagramPacket(received, RECEIVE_BYTES);
    private volatile boolean unreachable;

    private OneShotIndex(DatagramSocket socket, InetSocketAddress index, Randomness random) {
        this.socket = socket;
        this.index = index;
        this.client = IndexClient.forQueries(random, new SocketOut());
    }

    /**
     * Opens a socket that receives from this index alone.
     *
     * @throws PeerException when the operating system refuses
     */
    public static OneShotIndex open(InetSocketAddress index) throws PeerException {
        return open(index, null);
    }

    /**
     * Opens a socket on a local address that receives from this index alone.
     *
     * @param bind the local address; null = any
     * @throws PeerException when the operating system refuses
     */
    public static OneShotIndex open(InetSocketAddress index, InetAddress bind) throws PeerException {
        DatagramSocket socket = null;
        try {
            socket = new DatagramSocket(new InetSocketAddress(bind, 0));
            socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            socket.connect(index);
            return new OneShotIndex(socket, index, SystemRandomness.open());
        } catch (IOException refused) {
            if (socket != null) {
                socket.close();
            }
            throw SocketTrouble.datagram(index, bind, refused);
        }
    }

    /** Walks the sources, newest first; returns after {@link SearchHandler#onEnd}. */
    public void search(SearchQuery query, SearchHandler handler) throws PeerException {
        client.search(query, handler, System.nanoTime());
        finish();
    }

    /** Walks the rows whose file name contains the filter (at most 50 bytes of UTF-8; "" = all); returns after the end. */
    public void list(String filter, ListHandler handler) throws PeerException {
        client.list(filter, handler, System.nanoTime());
        finish();
    }

    /** Whether the network said that nothing listens at the index's address; a hint for the message, no more. Any thread. */
    public boolean isUnreachable() {
        return unreachable;
    }

    /** Receives and minds the timers until nothing is outstanding. */
    private void finish() throws PeerException {
        long waitNanos = client.waitNanos(System.nanoTime());
        while (waitNanos != IndexClient.NO_TIMER) {
            if (receive(waitNanos)) {
                ByteBuffer datagram = ByteBuffer.wrap(received, 0, packet.getLength());
                client.onDatagram(datagram, System.nanoTime());
            }
            client.onTimer(System.nanoTime());
            waitNanos = client.waitNanos(System.nanoTime());
        }
    }

    private boolean receive(long waitNanos) throws PeerException {
        try {
            // 0 would mean for ever.
            socket.setSoTimeout((int) Math.max(1, waitNanos / NANOS_PER_MILLI));
            packet.setLength(RECEIVE_BYTES);
            socket.receive(packet);
            unreachable = false;
            return true;
        } catch (SocketTimeoutException timeout) {
            return false;
        } catch (PortUnreachableException nobodyThere) {
            unreachable = true; // the index may be starting: the timers decide
            return false;
        } catch (IOException broken) {
            throw SocketTrouble.datagram(index, null, broken);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class SocketOut implements DatagramOut {
        @Override
        public void send(ByteBuffer datagram) {
            try {
                socket.send(new DatagramPacket(datagram.array(), datagram.remaining()));
            } catch (PortUnreachableException nobodyThere) {
                unreachable = true;
            } catch (IOException lost) {
                // As good as lost on the way: it is sent again.
            }
        }
    }
}
