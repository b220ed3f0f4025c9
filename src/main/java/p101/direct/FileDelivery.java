package p101.direct;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import p101.loop.DatagramHandler;
import p101.loop.DatagramPort;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.model.Randomness;

/** Sends one file, or one picture in the published form, from a UDP port of its own. Loop thread. */
public final class FileDelivery implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;

    private final EventLoop loop;
    private final DatagramPort socket;
    private Sender sender;
    private TimerHandle timer;
    private boolean closed;

    private FileDelivery(EventLoop loop, SendPath path) throws IOException {
        this.loop = loop;
        InetSocketAddress bind = path.bindOrNull() == null ? null : new InetSocketAddress(path.bindOrNull(), 0);
        this.socket = loop.openDatagram(bind, path.to(), (DatagramHandler) this::onDatagram);
        socket.setBuffers(BUFFER_BYTES, BUFFER_BYTES);
    }

    /**
     * Begins to send a file.
     *
     * @param manifest of the offer's length
     * @throws IOException when the system gives no socket
     */
    public static FileDelivery start(
            EventLoop loop,
            SendPath path,
            FileOffer offer,
            ByteBuffer manifest,
            ContentReader reader,
            Randomness random,
            SendListener listener)
            throws IOException {
        FileDelivery delivery = new FileDelivery(loop, path);
        delivery.run(
                new FileSender(offer, manifest, path.chunkBytes(), reader, random, delivery.socket::send, listener));
        return delivery;
    }

    /** Begins to send a picture in the published form. */
    public static FileDelivery startPublished(
            EventLoop loop, SendPath path, String name, Picture picture, SendListener listener) throws IOException {
        FileDelivery delivery = new FileDelivery(loop, path);
        delivery.run(new PixelSender(name, picture, delivery.socket::send, listener));
        return delivery;
    }

    private void run(Sender what) {
        sender = what;
        sender.start(loop.nowNanos());
        settle();
    }

    private void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        if (!closed) {
            sender.onDatagram(datagram, loop.nowNanos());
            settle();
        }
    }

    private void settle() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        long wait = sender.waitNanos(loop.nowNanos());
        if (!closed && wait != FileSender.NO_TIMER) {
            timer = loop.schedule(wait, () -> {
                timer = null;
                sender.onTimer(loop.nowNanos());
                settle();
            });
        }
    }

    /** Gives up, and tells the receiver; the listener hears of the end. */
    public void cancel() {
        sender.cancel();
        settle();
    }

    /** Frees the socket. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            settle();
            socket.close();
        }
    }
}
