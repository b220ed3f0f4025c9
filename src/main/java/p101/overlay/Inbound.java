package p101.overlay;

import java.nio.ByteBuffer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;

/** A connection that another node opened. Loop thread. */
final class Inbound implements ConnectionHandler {
    private static final int READ_BYTES_PER_TURN = 65_536;

    private final OverlayStation station;
    private final PacketStream stream;
    private Connection connection;

    Inbound(OverlayStation station) {
        this.station = station;
        // An ACK too many: some answer each piece of a packet.
        this.stream = new PacketStream(station, () -> {});
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        connection.setReadLimit(READ_BYTES_PER_TURN);
        stream.open(opened);
        station.opened(this);
    }

    @Override
    public void onBytes(ByteBuffer in) {
        stream.onBytes(in);
    }

    @Override
    public void onClosed(CloseReason reason) {
        stream.closed();
        station.closed(this);
    }

    long id() {
        return stream.id();
    }

    boolean isStuck(long nowNanos) {
        return stream.isStuck(nowNanos, false);
    }

    void close(CloseReason reason) {
        connection.close(reason);
    }
}
