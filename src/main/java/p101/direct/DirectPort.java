package p101.direct;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import p101.loop.AcceptLimits;
import p101.loop.Acceptor;
import p101.loop.DatagramPort;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.model.Randomness;

/** One port number, TCP and UDP, at which texts, files and published pictures are received. Loop thread. */
public final class DirectPort implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int FREE_PORT_ATTEMPTS = 32;

    /** What the kernel keeps beside a datagram counts against the buffer as well. */
    private static final int BUFFER_SHARE = 2;

    private final EventLoop loop;
    private final Acceptor texts;
    private final DatagramPort datagrams;
    private final FileReceiver files;
    private final PixelReceiver pixels;
    private final DeliveredTexts delivered = new DeliveredTexts();
    private TimerHandle timer;
    private boolean closed;

    private DirectPort(EventLoop loop, InetSocketAddress local, DirectHost host, Randomness random) throws IOException {
        this.loop = loop;
        AcceptLimits limits = new AcceptLimits(
                        DirectLimits.MAX_TEXT_CONNECTIONS, DirectLimits.MAX_TEXT_CONNECTIONS_PER_ADDRESS)
                .withinDescriptorLimit();
        texts = loop.listen(local, limits, from -> new TextConnection(loop, from, delivered, host::onText));
        InetSocketAddress same =
                new InetSocketAddress(local.getAddress(), texts.localAddress().getPort());
        try {
            datagrams = loop.openDatagram(same, null, this::onDatagram);
        } catch (IOException taken) {
            texts.close();
            throw taken;
        }
        int granted = datagrams.setBuffers(BUFFER_BYTES, BUFFER_BYTES);
        int flightBytes = Math.max(DirectLimits.MAX_CHUNK_BYTES, granted / BUFFER_SHARE);
        files = new FileReceiver(host, random, flightBytes, datagrams::send, loop::nowNanos);
        files.afterChange(this::settle);
        pixels = new PixelReceiver(host, datagrams::send);
    }

    /**
     * Opens it.
     *
     * @param local where; port 0 = a number that is free for both
     * @throws BindException when the number is in use for TCP or UDP
     */
    public static DirectPort open(EventLoop loop, InetSocketAddress local, DirectHost host, Randomness random)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new DirectPort(loop, local, host, random);
            } catch (BindException taken) {
                if (local.getPort() != 0 || attempt == FREE_PORT_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    public int port() {
        return texts.localAddress().getPort();
    }

    private void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        if (closed) {
            return;
        }
        if (DirectCodec.isOurs(datagram)) {
            files.onDatagram(datagram, from);
        } else {
            pixels.onDatagram(datagram, from, loop.nowNanos());
        }
        settle();
    }

    private void settle() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        long now = loop.nowNanos();
        long wait = Math.min(files.waitNanos(now), pixels.waitNanos(now));
        if (!closed && wait != FileSender.NO_TIMER) {
            timer = loop.schedule(wait, this::onTimer);
        }
    }

    private void onTimer() {
        timer = null;
        files.onTimer(loop.nowNanos());
        pixels.onTimer(loop.nowNanos());
        settle();
    }

    /** Ends all transfers and tells their senders; what was verified stays for another time. */
    @Override
    public void close() {
        if (!closed) {
            files.close();
            pixels.close();
            closed = true;
            settle();
            datagrams.close();
            texts.close();
        }
    }
}
