package p101.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import p101.loop.DatagramHandler;
import p101.loop.DatagramPort;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/**
 * Runs an {@link IndexClient}, and the {@link Registrations} on top of it if there are any, on an event loop: one UDP socket that
 * receives from the index alone, one timer. Loop thread, or the one that sets the loop up.
 */
final class IndexPort implements DatagramOut, DatagramHandler {
    private final EventLoop loop;
    private final DatagramPort socket;
    private final Runnable onTurn = this::onTimer;
    private IndexClient client;
    private Registrations registrations;
    private Runnable afterTurn = () -> {};
    private TimerHandle timer;
    private long timerAtNanos;
    private boolean closed;

    private IndexPort(EventLoop loop, InetSocketAddress index, InetAddress bindOrNull) throws PeerException {
        this.loop = loop;
        try {
            InetSocketAddress bind = bindOrNull == null ? null : new InetSocketAddress(bindOrNull, 0);
            socket = loop.openDatagram(bind, index, this);
        } catch (IOException refused) {
            throw SocketTrouble.datagram(index, bindOrNull, refused);
        }
    }

    /**
     * Opens the socket; {@link #run} says what runs on it.
     *
     * @param bindOrNull the local address; null = any
     */
    static IndexPort open(EventLoop loop, InetSocketAddress index, InetAddress bindOrNull) throws PeerException {
        return new IndexPort(loop, index, bindOrNull);
    }

    /**
     * Sets what runs here, once.
     *
     * @param registrationsOrNull null for a client that only asks
     * @param afterEachTurn called after everything that may have changed something
     */
    void run(IndexClient newClient, Registrations registrationsOrNull, Runnable afterEachTurn) {
        client = newClient;
        registrations = registrationsOrNull;
        afterTurn = afterEachTurn;
    }

    void search(SearchQuery query, SearchHandler handler) {
        client.search(query, handler, loop.nowNanos());
        settle();
    }

    void list(String filter, ListHandler handler) {
        client.list(filter, handler, loop.nowNanos());
        settle();
    }

    /** To be called after anything was asked of the client or the registrations: sets the timer to what is due next. */
    void settle() {
        if (closed) {
            return;
        }
        long now = loop.nowNanos();
        long wait = client.waitNanos(now);
        if (registrations != null) {
            wait = Math.min(wait, registrations.waitNanos(now));
        }
        if (wait != IndexClient.NO_TIMER) {
            arm(now, now + wait);
        }
        afterTurn.run();
    }

    /** A timer that is set too early is harmless and is left; it looks again when it fires. */
    private void arm(long nowNanos, long atNanos) {
        if (timer != null && timerAtNanos - atNanos <= 0) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerAtNanos = atNanos;
        timer = loop.schedule(atNanos - nowNanos, onTurn);
    }

    private void onTimer() {
        timer = null;
        if (closed) {
            return;
        }
        long now = loop.nowNanos();
        client.onTimer(now);
        if (registrations != null) {
            registrations.onTimer(now);
        }
        settle();
    }

    @Override
    public void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        if (!closed) {
            client.onDatagram(datagram, loop.nowNanos());
            settle();
        }
    }

    @Override
    public void send(ByteBuffer datagram) {
        if (!closed) {
            socket.send(datagram);
        }
    }

    /** Ends every outstanding request as cancelled and closes the socket. */
    void close() {
        if (!closed) {
            client.cancelAll(loop.nowNanos());
            closed = true;
            socket.close();
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
