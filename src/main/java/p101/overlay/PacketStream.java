package p101.overlay;

import java.nio.ByteBuffer;
import p101.loop.CloseReason;
import p101.loop.Connection;

/** The incoming half of a connection, whoever opened it: cuts it into packets and ACKs, and answers the packets. Loop thread. */
final class PacketStream {
    private final OverlayStation station;
    private final Runnable onAck;
    private final PacketFramer framer = new PacketFramer();
    private final long id;
    private Connection connection;
    private Via via;
    private int pendingBytes;
    private long begunNanos;
    private boolean everComplete;

    /**
     * @param onAck is told of each ACK
     */
    PacketStream(OverlayStation station, Runnable onAck) {
        this.station = station;
        this.onAck = onAck;
        this.id = station.nextId();
    }

    long id() {
        return id;
    }

    void open(Connection opened) {
        connection = opened;
        via = new Via(
                id, opened.remote().getAddress(), station.localOf(opened.local().getAddress()));
        begunNanos = station.nowNanos();
    }

    void onBytes(ByteBuffer in) {
        try {
            for (StreamItem item = framer.next(in); item != null; item = framer.next(in)) {
                everComplete = true;
                begunNanos = station.nowNanos();
                take(item);
                if (!connection.isOpen()) {
                    return;
                }
            }
        } catch (BadPacketException bad) {
            station.tally().countBadStream();
            connection.close(CloseReason.PROTOCOL);
            return;
        }
        if (pendingBytes == 0) {
            begunNanos = station.nowNanos();
        }
        account(framer.pendingBytes());
        if (station.isCrowded()) {
            station.tally().countBadStream();
            connection.close(CloseReason.LIMIT);
        }
    }

    private void take(StreamItem item) {
        if (item instanceof StreamItem.Ack) {
            onAck.run();
            return;
        }
        // At once and before anything else: the sender is stuck until it comes.
        connection.write(ByteBuffer.wrap(PacketCodec.ACK));
        station.onFramed((StreamItem.Framed) item, via, connection);
    }

    /** Whether it is stuck in the middle of a packet, or never had one. */
    boolean isStuck(long nowNanos, boolean ours) {
        boolean owed = pendingBytes > 0 || !everComplete && !ours;
        return connection != null && owed && nowNanos - begunNanos >= OverlayTimes.PACKET_NANOS;
    }

    void closed() {
        account(0);
    }

    private void account(int bytes) {
        station.addPending(bytes - pendingBytes);
        pendingBytes = bytes;
    }
}
