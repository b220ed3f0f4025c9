package p101.content;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import p101.library.Catalog;
import p101.loop.Acceptor;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduLayout;
import p101.pdu.PduType;

/**
 * Serves the files of a {@link Catalog} on one TCP port (spec/PDU.md, section 9). Loop thread only, except {@link #port},
 * {@link #localAddress} and {@link #counters}.
 */
public final class ContentServer implements AutoCloseable {
    /** What a refused connection is advised to wait. */
    private static final int BUSY_SECONDS = 10;

    private static final int BYTE_VALUES = 256;

    private final EventLoop loop;
    private final ContentLimits limits;
    private final ContentTally tally = new ContentTally();
    private final FirstByteHandler[] byFirstByte = new FirstByteHandler[BYTE_VALUES];
    private final Set<Reception> connections = new LinkedHashSet<>();
    private final IdleConnections idle = new IdleConnections();
    private final ServingContext serving;
    private volatile Acceptor acceptor;

    /**
     * @param catalog what there is to serve
     */
    public ContentServer(EventLoop loop, Catalog catalog, ContentLimits limits) {
        this.loop = loop;
        this.limits = limits;
        this.serving = new ServingContext(loop, catalog, limits, tally);
        byFirstByte[PduType.DOWNLOAD.code()] = remote -> new RequestHandler(serving);
    }

    /**
     * Gives connections that begin with a byte to another protocol; call it before {@link #start}.
     *
     * @param firstByte 0 to 255
     * @throws IllegalArgumentException when another handler has the byte
     */
    public void register(int firstByte, FirstByteHandler handler) {
        if (byFirstByte[firstByte] != null) {
            throw new IllegalArgumentException("the first byte " + firstByte + " is taken");
        }
        byFirstByte[firstByte] = handler;
    }

    /**
     * Begins to listen.
     *
     * @param local where; port 0 = a free one
     * @throws IOException when the port is in use or the address is not of this machine
     */
    public void start(InetSocketAddress local) throws IOException {
        acceptor = loop.listen(local, limits.acceptLimits(), limits.socketSettings(), remote -> new Reception(remote));
        ByteBuffer busy = ByteBuffer.allocate(PduLayout.PDU_BYTES);
        PduCodec.encode(new Pdu.Failed(ErrorCode.BUSY, BUSY_SECONDS, "too many connections"), busy);
        acceptor.setLastWords(busy.flip());
        acceptor.setRoomMaker(
                (newcomer, sameAddress) -> idle.makeRoom(connections, newcomer, sameAddress, loop.nowNanos()));
    }

    /** Where it listens, after {@link #start}; any thread. */
    public InetSocketAddress localAddress() {
        return acceptor.localAddress();
    }

    /** The port that it listens on, after {@link #start}; any thread. */
    public int port() {
        return localAddress().getPort();
    }

    /** What it has done so far; any thread. */
    public ContentCounters counters() {
        return tally.snapshot(acceptor == null ? 0 : acceptor.refusedConnections());
    }

    /** Stops listening and closes every connection and file. */
    @Override
    public void close() {
        if (acceptor != null) {
            acceptor.close();
        }
        for (Reception reception : new ArrayList<>(connections)) {
            reception.connection.close(CloseReason.LOCAL);
        }
        serving.close();
    }

    /** Waits for the first byte of a connection, then passes everything on to the handler that the byte names. */
    private final class Reception implements ConnectionHandler, IdleConnections.Candidate {
        private final InetSocketAddress remote;
        private Connection connection;
        private ConnectionHandler handler;
        private TimerHandle deadline;
        private long openedNanos;

        Reception(InetSocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public void onOpen(Connection opened) {
            tally.opened();
            connection = opened;
            openedNanos = loop.nowNanos();
            connections.add(this);
            opened.setReadLimit(RequestQueue.maxBytes(limits.pipelinedRequests()));
            if (limits.sendBufferBytes() == 0 && isThisMachine(opened)) {
                opened.setSendBuffer(ContentLimits.LOCAL_SEND_BUFFER_BYTES);
            }
            deadline = loop.schedule(limits.idleNanos(), this::idle);
        }

        private boolean isThisMachine(Connection opened) {
            return remote.getAddress().isLoopbackAddress()
                    || remote.getAddress().equals(opened.local().getAddress());
        }

        private void idle() {
            connection.close(CloseReason.IDLE);
        }

        @Override
        public InetAddress address() {
            return remote.getAddress();
        }

        @Override
        public long idleNanos(long nowNanos) {
            if (!connection.isOpen()) {
                return -1;
            }
            if (handler == null) {
                return nowNanos - openedNanos;
            }
            return handler instanceof RequestHandler requests ? requests.idleNanos(nowNanos) : -1;
        }

        @Override
        public void giveUp() {
            connection.close(CloseReason.IDLE);
        }

        @Override
        public void onBytes(ByteBuffer in) {
            if (handler == null) {
                deadline.cancel();
                FirstByteHandler chosen = byFirstByte[Byte.toUnsignedInt(in.get(in.position()))];
                if (chosen == null) {
                    in.position(in.limit());
                    tally.protocolBroken();
                    connection.close(CloseReason.PROTOCOL);
                    return;
                }
                handler = chosen.handlerFor(remote);
                handler.onOpen(connection);
            }
            handler.onBytes(in);
        }

        @Override
        public void onWritable() {
            handler.onWritable();
        }

        @Override
        public void onEndOfInput() {
            if (handler != null) {
                handler.onEndOfInput();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            tally.closed(reason);
            connections.remove(this);
            if (deadline != null) {
                deadline.cancel();
            }
            if (handler != null) {
                handler.onClosed(reason);
            }
        }
    }
}
