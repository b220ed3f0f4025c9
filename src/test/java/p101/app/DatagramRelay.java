package p101.app;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Stands between a sender and a receiver on this machine; counts what it carries, and can be a worse way than loopback is. */
final class DatagramRelay implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;

    private final DatagramSocket front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private InetSocketAddress receiver;
    private InetSocketAddress sender;
    private int mostBytes = Integer.MAX_VALUE;
    private long carriedBytes;
    private long stopAtBytes = Long.MAX_VALUE;
    private Runnable onStop = () -> {};
    private boolean stopped;

    DatagramRelay(int receiverPort) throws SocketException {
        for (DatagramSocket socket : new DatagramSocket[] {front, back}) {
            socket.setReceiveBufferSize(BUFFER_BYTES);
            socket.setSendBufferSize(BUFFER_BYTES);
        }
        receiver = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiverPort);
        start("relay-forth", this::forth);
        start("relay-back", this::back);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where a sender is to send to. */
    int port() {
        return front.getLocalPort();
    }

    /** Longer datagrams to the receiver vanish. */
    synchronized void carryAtMost(int bytes) {
        mostBytes = bytes;
    }

    /** Carries so many bytes more to the receiver, does something, and then carries nothing either way. */
    synchronized void stopAfter(long bytes, Runnable then) {
        stopAtBytes = carriedBytes + bytes;
        onStop = then;
    }

    /** Carries again. */
    synchronized void resume(int receiverPort) {
        receiver = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiverPort);
        stopAtBytes = Long.MAX_VALUE;
        stopped = false;
    }

    /** Bytes that went to the receiver. */
    synchronized long carriedBytes() {
        return carriedBytes;
    }

    private void forth() {
        carry(front, packet -> {
            sender = (InetSocketAddress) packet.getSocketAddress();
            if (stopped || packet.getLength() > mostBytes) {
                return;
            }
            carriedBytes += packet.getLength();
            send(back, packet, receiver);
            if (carriedBytes >= stopAtBytes) {
                stopped = true;
                onStop.run();
            }
        });
    }

    private void back() {
        carry(back, packet -> {
            if (!stopped && sender != null) {
                send(front, packet, sender);
            }
        });
    }

    private interface Carrier {
        void take(DatagramPacket packet) throws IOException;
    }

    private void carry(DatagramSocket from, Carrier carrier) {
        byte[] buffer = new byte[65_536];
        while (!from.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                from.receive(packet);
                synchronized (this) {
                    carrier.take(packet);
                }
            } catch (IOException closedOrUnreachable) {
                // The loop ends when it is closed; a receiver that is gone is as good as a loss.
            }
        }
    }

    private static void send(DatagramSocket by, DatagramPacket packet, InetSocketAddress to) throws IOException {
        by.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
