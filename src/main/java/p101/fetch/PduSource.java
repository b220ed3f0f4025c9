package p101.fetch;

import java.nio.ByteBuffer;
import java.util.Optional;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.model.Endpoint;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;

/** A source that speaks PDU over TCP: one connection, on which requests are pipelined. Loop thread. */
public final class PduSource implements Source, ConnectionHandler {
    private final EventLoop loop;
    private final Endpoint endpoint;
    private final long connectTimeoutNanos;
    private final SourceRequest request;
    private final SourceEvents events;
    private final AnswerReader reader;
    private final ByteBuffer frame = ByteBuffer.allocate(PduLayout.PDU_BYTES);
    private Connection connection;
    private boolean closed;

    private PduSource(
            EventLoop loop, Endpoint endpoint, long connectTimeoutNanos, SourceRequest request, SourceEvents events) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.connectTimeoutNanos = connectTimeoutNanos;
        this.request = request;
        this.events = events;
        this.reader = new AnswerReader(request, events);
    }

    /** Makes such a source for every row that does not ask for another way. */
    public static SourceFactory factory(EventLoop loop, DownloadLimits limits) {
        long connectTimeoutNanos = limits.connectTimeout().toNanos();
        return (candidate, request, events) -> candidate.isByGet()
                ? Optional.empty()
                : Optional.of(new PduSource(loop, candidate.endpoint(), connectTimeoutNanos, request, events));
    }

    // ---- what the download calls ----

    @Override
    public void open() {
        connection = loop.connect(endpoint.toSocketAddress(), null, connectTimeoutNanos, SocketSettings.BULK, this);
    }

    @Override
    public void requestManifest() {
        ask(RangeKind.MANIFEST, 0, 0);
    }

    @Override
    public void requestHave() {
        ask(RangeKind.HAVE, 0, 0);
    }

    @Override
    public void requestContent(long offset, long length) {
        ask(RangeKind.CONTENT, offset, length);
    }

    private void ask(RangeKind kind, long offset, long length) {
        reader.asked(kind, offset, length);
        frame.clear();
        PduCodec.encode(new Pdu.Download(kind, offset, length, reader.root(), request.label()), frame);
        connection.write(frame.flip());
    }

    @Override
    public void pause() {
        connection.pauseReading();
    }

    @Override
    public void resume() {
        connection.resumeReading();
    }

    @Override
    public void flush() {
        reader.flush();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            connection.close(CloseReason.LOCAL);
        }
    }

    // ---- what the loop calls ----

    @Override
    public void onOpen(Connection opened) {
        if (!closed) {
            events.onOpen();
        }
    }

    @Override
    public void onBytes(ByteBuffer in) {
        try {
            reader.read(in);
        } catch (BadAnswerException e) {
            in.position(in.limit());
            lose(e.reason(), e.getMessage());
        }
    }

    @Override
    public void onClosed(CloseReason why) {
        switch (why) {
            case CONNECT_REFUSED -> lose(DropReason.UNREACHABLE, "nobody listens there");
            case CONNECT_TIMEOUT -> lose(DropReason.UNREACHABLE, "no answer to the connect");
            case CONNECT_FAILED -> lose(DropReason.UNREACHABLE, "no way there");
            default -> lose(DropReason.CLOSED, "");
        }
    }

    private void lose(DropReason reason, String detail) {
        if (!closed) {
            close();
            events.onLost(reason, detail);
        }
    }
}
