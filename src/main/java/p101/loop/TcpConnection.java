package p101.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection and its life: see {@link State}. It holds no buffer while nothing waits to be sent. Loop thread.
 *
 * <p>The handler is never called from within one of its own calls: opening, closing and "nothing left to send" are settled
 * later in the turn, by {@link #run}.
 */
final class TcpConnection implements Connection, KeyOwner, Runnable {
    /** How long what was written may take to go out after {@link #closeWhenFlushed}. */
    static final long FLUSH_NANOS = 10_000_000_000L;

    /** How long a half-closed connection waits for the other side to have read the last words. */
    static final long LINGER_NANOS = 2_000_000_000L;

    /** The only order of states is the one below; any state may be left for CLOSED. */
    private enum State {
        /** A connect is under way; its failure or timeout leads to CLOSED. */
        CONNECTING,
        /** Connected, the handler not yet told. */
        CONNECTED,
        /** Both ways work; the other side may have half-closed. */
        OPEN,
        /** The queue goes out, input is discarded; a disconnect loses the rest of the queue. */
        FLUSHING,
        /** Half-closed by us; waiting for the other side to close. */
        LINGERING,
        CLOSED
    }

    private final EventLoop loop;
    private final SocketChannel channel;
    private final Acceptor acceptor;
    private final InetSocketAddress remote;
    private final ConnectionHandler handler;
    private final SocketInput input;
    private final SocketOutput output;
    private InetSocketAddress local;
    private SelectionKey key;
    private State state;
    private CloseReason reason;
    private TimerHandle deadline;
    private boolean writableWanted;
    private boolean heldOpen;
    private boolean closedTold;

    private TcpConnection(
            EventLoop loop,
            SocketChannel channel,
            Acceptor acceptorOrNull,
            InetSocketAddress remote,
            int maxQueuedBytes,
            ConnectionHandler handler) {
        this.loop = loop;
        this.channel = channel;
        this.acceptor = acceptorOrNull;
        this.remote = remote;
        this.handler = handler;
        this.input = new SocketInput(loop, channel);
        this.output = new SocketOutput(loop, channel, maxQueuedBytes);
    }

    /** Takes over a connection that a port accepted. */
    static void accepted(
            EventLoop loop,
            Acceptor acceptor,
            SocketChannel channel,
            SocketSettings settings,
            ConnectionHandler handler)
            throws IOException {
        InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
        TcpConnection connection =
                new TcpConnection(loop, channel, acceptor, remote, settings.maxQueuedBytes(), handler);
        connection.local = (InetSocketAddress) channel.getLocalAddress();
        connection.state = State.CONNECTED;
        connection.key = loop.register(channel, 0, connection);
        loop.defer(connection);
    }

    /** A connection that {@link ConnectAttempt} is to bring about; without a channel it can only be closed. */
    static TcpConnection connecting(
            EventLoop loop,
            SocketChannel channelOrNull,
            InetSocketAddress remote,
            SocketSettings settings,
            ConnectionHandler handler) {
        TcpConnection connection =
                new TcpConnection(loop, channelOrNull, null, remote, settings.maxQueuedBytes(), handler);
        connection.state = State.CONNECTING;
        return connection;
    }

    /** A connect is under way, and this timer ends it. */
    void connectStarted(SelectionKey connectKey, TimerHandle timeout) {
        key = connectKey;
        deadline = timeout;
    }

    /** The connect succeeded; the handler is told later in the turn. */
    void connected(InetSocketAddress localAddress) {
        deadline.cancel();
        key.attach(this);
        local = localAddress;
        state = State.CONNECTED;
        loop.defer(this);
    }

    // ---- what the handler calls ----

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int send(ByteBuffer bytes) {
        if (state != State.OPEN) {
            return 0;
        }
        try {
            return output.send(bytes);
        } catch (IOException e) {
            close(CloseReason.RESET);
            return 0;
        }
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        if (state != State.OPEN) {
            return false;
        }
        send(bytes);
        if (state != State.OPEN) {
            return false;
        }
        if (!output.add(bytes)) {
            close(CloseReason.OVERFLOW);
            return false;
        }
        updateInterest();
        return true;
    }

    @Override
    public int queuedBytes() {
        return output.queuedBytes();
    }

    @Override
    public void requestWritable(boolean on) {
        writableWanted = on;
        updateInterest();
        if (!on && input.hasEnded()) {
            loop.defer(this);
        }
    }

    @Override
    public void holdOpen(boolean on) {
        heldOpen = on;
        if (!on && input.hasEnded()) {
            loop.defer(this);
        }
    }

    @Override
    public void pauseReading() {
        input.setPaused(true);
        updateInterest();
    }

    @Override
    public void resumeReading() {
        input.setPaused(false);
        updateInterest();
    }

    @Override
    public void setReadLimit(int maxBytesPerTurn) {
        input.setLimit(maxBytesPerTurn);
    }

    @Override
    public void setSendBuffer(int bytes) {
        if (state != State.CLOSED) {
            output.setBuffer(bytes);
        }
    }

    @Override
    public void closeWhenFlushed() {
        if (state == State.OPEN) {
            state = State.FLUSHING;
            input.setPaused(false);
            writableWanted = false;
            deadline = loop.schedule(FLUSH_NANOS, this::closeLocally);
            if (output.isFlushed()) {
                linger();
            }
            updateInterest();
        }
    }

    @Override
    public void close(CloseReason why) {
        if (state == State.CLOSED) {
            return;
        }
        boolean connecting = state == State.CONNECTING;
        state = State.CLOSED;
        reason = why;
        output.clear();
        if (deadline != null) {
            deadline.cancel();
        }
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                loop.report(e);
            }
        }
        loop.tally.count(connecting ? LoopCounter.CONNECTS_FAILED : LoopCounter.CLOSED);
        loop.defer(this);
    }

    @Override
    public boolean isOpen() {
        return state == State.OPEN;
    }

    // ---- what the loop calls ----

    @Override
    public void onReady(SelectionKey readyKey) {
        int ready = readyKey.readyOps();
        if ((ready & SelectionKey.OP_WRITE) != 0) {
            writeReady();
        }
        if ((ready & SelectionKey.OP_READ) != 0 && wantsInput()) {
            readReady();
        }
    }

    @Override
    public void rebind(SelectionKey newKey) {
        key = newKey;
    }

    @Override
    public void onFailure() {
        close(CloseReason.FAILURE);
    }

    @Override
    public void onLoopClosed() {
        close(CloseReason.LOOP_CLOSED);
    }

    /** Tells the handler what has happened since it was last called. */
    @Override
    public void run() {
        try {
            if (state == State.CONNECTED) {
                state = State.OPEN;
                updateInterest();
                handler.onOpen(this);
            } else if (state == State.CLOSED && !closedTold) {
                closedTold = true;
                if (acceptor != null) {
                    acceptor.released(remote.getAddress());
                }
                handler.onClosed(reason);
            } else {
                closeIfNothingIsLeft();
            }
        } catch (Throwable failure) {
            loop.report(failure);
            onFailure();
        }
    }

    private void closeIfNothingIsLeft() {
        if (state == State.OPEN && input.hasEnded() && !writableWanted && !heldOpen && output.isFlushed()) {
            close(CloseReason.END_OF_INPUT);
        }
    }

    private void writeReady() {
        if (!flush()) {
            return;
        }
        if (output.isFlushed() && state == State.FLUSHING) {
            linger();
        } else if (output.isFlushed() && state == State.OPEN && writableWanted) {
            handler.onWritable();
        }
        updateInterest();
        if (input.hasEnded()) {
            loop.defer(this);
        }
    }

    private void readReady() {
        ByteBuffer bytes;
        try {
            bytes = input.read();
        } catch (IOException e) {
            loop.progress();
            close(CloseReason.RESET);
            return;
        }
        if (input.hasEnded()) {
            endOfInput();
        } else if (bytes.hasRemaining()) {
            if (state == State.OPEN) {
                handler.onBytes(bytes);
            } else if (!input.discard(bytes.remaining())) {
                close(CloseReason.LOCAL);
            }
        }
    }

    private void endOfInput() {
        // A half-closed socket stays readable for ever: waiting for it would spin.
        updateInterest();
        if (state == State.OPEN) {
            handler.onEndOfInput();
            loop.defer(this);
        } else if (state == State.LINGERING) {
            close(CloseReason.LOCAL);
        }
    }

    /** Half-closes and waits: closing with unread input would reset the connection and lose the last words on their way. */
    private void linger() {
        state = State.LINGERING;
        deadline.cancel();
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            close(CloseReason.RESET);
            return;
        }
        if (input.hasEnded()) {
            close(CloseReason.LOCAL);
        } else {
            deadline = loop.schedule(LINGER_NANOS, this::closeLocally);
        }
    }

    private void closeLocally() {
        close(CloseReason.LOCAL);
    }

    /** Sends what waits; {@code false} when that closed the connection. */
    private boolean flush() {
        try {
            output.flush();
            return true;
        } catch (IOException e) {
            close(CloseReason.RESET);
            return false;
        }
    }

    private boolean wantsInput() {
        return input.isWanted() && state.compareTo(State.OPEN) >= 0 && state != State.CLOSED;
    }

    private void updateInterest() {
        if (state == State.CLOSED || state.compareTo(State.OPEN) < 0 || !key.isValid()) {
            return;
        }
        int wanted = (wantsInput() ? SelectionKey.OP_READ : 0)
                | (writableWanted || !output.isFlushed() ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }
}
