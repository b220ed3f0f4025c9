package p101.overlay;

import java.nio.ByteBuffer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.TimerHandle;

/** A connection that we opened to where another node listens, and what waits for it. Loop thread. */
final class Link implements ConnectionHandler {
    /** ACKs come here; whoever sends much else wants something else. */
    private static final int READ_BYTES_PER_TURN = 16_384;

    private final LinkKey key;
    private final OverlayStation station;
    private final Outbox outbox = new Outbox();
    private final PacketStream stream;
    private Connection connection;
    private boolean standing;
    private boolean given;
    private TimerHandle pause;

    Link(LinkKey key, OverlayStation station) {
        this.key = key;
        this.station = station;
        this.stream = new PacketStream(station, this::onAck);
    }

    /** What is being opened, so that it can be closed before it stands. */
    void attach(Connection opening) {
        connection = opening;
    }

    /** Sends it when its turn comes; {@code false} when too much waits. */
    boolean send(byte[] packet) {
        boolean taken = outbox.offer(packet);
        pump();
        return taken;
    }

    /** Closes it without a word to the rules. */
    void giveUp(CloseReason reason) {
        given = true;
        connection.close(reason);
    }

    boolean isOverdue(long nowNanos) {
        return outbox.isOverdue(nowNanos);
    }

    boolean isUnsent() {
        return outbox.isUnsent() || !standing;
    }

    boolean isBusy() {
        return outbox.waitingPackets() >= OverlayLimits.BUSY_PACKETS;
    }

    PacketStream stream() {
        return stream;
    }

    private void pump() {
        byte[] packet = standing ? outbox.next(station.nowNanos()) : null;
        while (packet != null) {
            connection.write(ByteBuffer.wrap(packet));
            packet = outbox.next(station.nowNanos());
        }
        if (pause == null && outbox.isPausing()) {
            pause = station.schedule(OverlayTimes.PIECES_NANOS, this::onPause);
        }
    }

    private void onPause() {
        pause = null;
        if (connection.isOpen()) {
            pump();
        }
    }

    private void onAck() {
        outbox.onAck(station.nowNanos());
        pump();
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        standing = true;
        connection.setReadLimit(READ_BYTES_PER_TURN);
        stream.open(opened);
        pump();
    }

    @Override
    public void onBytes(ByteBuffer in) {
        stream.onBytes(in);
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (pause != null) {
            pause.cancel();
        }
        stream.closed();
        if (!given) {
            station.linkLost(key, this, reason);
        }
    }
}
