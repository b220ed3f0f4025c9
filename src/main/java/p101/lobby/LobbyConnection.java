package p101.lobby;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.model.Endpoint;

/**
 * Brings a socket, {@link LobbyLines} and a {@link Member} together. One line is served at a time, in order; while an answer is
 * made, or the member has to wait because it says too much, nothing more is read from the socket, so that the memory of a
 * connection is bounded whatever it sends. What it is sent is gathered and written once a turn. Loop thread.
 *
 * <p>A disconnect in any state takes away everything that came over the connection.
 */
final class LobbyConnection implements ConnectionHandler, Outbox {
    /** Bytes read in one turn at most; also the most that wait here. */
    static final int READ_BYTES_PER_TURN = 2_048;

    /** No further line is served while so many bytes of answers wait to be read by the other side. */
    static final int HIGH_WATER_BYTES = 32_768;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final long BURST_NANOS = LobbyLimits.LINES_AT_ONCE * 1_000_000_000L / LobbyLimits.LINES_PER_SECOND;

    private final EventLoop loop;
    private final Lobby lobby;
    private final LobbyLines lines;
    private final int queueBytes;
    private final Consumer<LobbyConnection> toFlush;
    private final Pace pace = new Pace(BURST_NANOS);
    private final Outgoing outgoing = new Outgoing();
    private boolean flushAsked;
    private boolean hangUpAsked;
    private Connection connection;
    private Member member;
    /** Bytes that came while a line was served. */
    private ByteBuffer rest = NOTHING;
    /** A line that has to wait until its time has come. */
    private Order held;

    private TimerHandle heldTimer;
    /** The answer that is being made; {@code null} when there is none. */
    private Work work;

    private boolean partAwaited;
    private boolean inputEnded;
    private boolean crlf;
    private long handedBytes;
    private long deliveredBytes;
    private long deliveredNanos;

    /**
     * @param toFlush is told that {@link #flush} is to be called when the turn's lines have been gathered
     */
    LobbyConnection(EventLoop loop, Lobby lobby, LobbyLines lines, int queueBytes, Consumer<LobbyConnection> toFlush) {
        this.loop = loop;
        this.lobby = lobby;
        this.lines = lines;
        this.queueBytes = queueBytes;
        this.toFlush = toFlush;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        connection.setReadLimit(READ_BYTES_PER_TURN);
        deliveredNanos = loop.nowNanos();
        member = lobby.enter(Endpoint.of(opened.remote()), opened.local().getAddress(), this, loop.nowNanos());
    }

    @Override
    public void onBytes(ByteBuffer in) {
        member.heard(loop.nowNanos());
        serveFrom(in);
        if (in.hasRemaining() && !hangUpAsked) {
            rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        settle();
    }

    @Override
    public void onEndOfInput() {
        inputEnded = true;
        connection.holdOpen(true);
        goOn();
    }

    @Override
    public void onWritable() {
        if (work == null) {
            goOn();
        } else if (!partAwaited) {
            nextPart();
            settle();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (heldTimer != null) {
            heldTimer.cancel();
        }
        rest = NOTHING;
        outgoing.clear();
        if (member != null) {
            member.leave(how(reason), loop.nowNanos());
        }
    }

    private static String how(CloseReason reason) {
        return switch (reason) {
            case END_OF_INPUT, LOCAL -> "hung up";
            case RESET -> "the connection broke";
            case OVERFLOW, TOO_SLOW -> "does not read";
            case LOOP_CLOSED -> "the lobby closes";
            default -> "lost";
        };
    }

    /** Serves what is complete, until something has to wait. */
    private void serveFrom(ByteBuffer in) {
        while (canServe()) {
            Order order = lines.next(in);
            if (order == null && lines.isFlooded()) {
                member.dismiss("that line never ends", loop.nowNanos());
                return;
            }
            if (order == null && inputEnded) {
                order = lines.onEndOfInput();
            }
            if (order == null) {
                return;
            }
            crlf = lines.lastLineEndedInCrlf();
            serveInTime(order);
        }
    }

    private boolean canServe() {
        return held == null && work == null && !hangUpAsked && connection.isOpen() && !isFull();
    }

    private boolean isFull() {
        return connection.queuedBytes() >= HIGH_WATER_BYTES;
    }

    private void serveInTime(Order order) {
        long waitNanos = member.reserve(order, pace, loop.nowNanos());
        if (waitNanos <= 0) {
            serve(order);
        } else {
            held = order;
            heldTimer = loop.schedule(waitNanos, this::onHeldTimer);
        }
    }

    private void onHeldTimer() {
        Order due = held;
        heldTimer = null;
        held = null;
        if (connection.isOpen() && !hangUpAsked) {
            serve(due);
            goOn();
        }
    }

    private void serve(Order order) {
        Work answer = member.handle(order, loop.nowNanos());
        if (answer != null) {
            flush();
            work = answer;
            nextPart();
        }
    }

    private void nextPart() {
        partAwaited = true;
        work.next(loop.nowNanos(), this::onPart);
    }

    private void onPart(Work.Part part) {
        partAwaited = false;
        if (!connection.isOpen() || hangUpAsked) {
            return;
        }
        write(Wording.bytes(part.text()));
        if (part.last()) {
            work = null;
            askForFlush();
            // Not from here: this may be inside of serving a line.
            loop.execute(this::goOnIfOpen);
        }
    }

    private void goOnIfOpen() {
        if (connection.isOpen()) {
            goOn();
        }
    }

    private void goOn() {
        serveFrom(rest);
        if (!rest.hasRemaining()) {
            rest = NOTHING;
        }
        settle();
    }

    /** Sets the connection to what is awaited now. */
    private void settle() {
        if (!connection.isOpen() || hangUpAsked) {
            return;
        }
        // One part of an answer a turn, and the next only when this one is gone.
        connection.requestWritable(work != null && !partAwaited || isFull());
        if (held != null || work != null || isFull() || rest.hasRemaining()) {
            connection.pauseReading();
            return;
        }
        connection.resumeReading();
        if (inputEnded) {
            member.leave("hung up", loop.nowNanos());
            hangUp();
        }
    }

    @Override
    public void send(byte[] line) {
        if (hangUpAsked || !connection.isOpen()) {
            return;
        }
        if (outgoing.bytes() + connection.queuedBytes() + line.length > queueBytes) {
            lobby.tally().countSlowReader();
            connection.close(CloseReason.OVERFLOW);
            return;
        }
        outgoing.add(line);
        askForFlush();
    }

    private void askForFlush() {
        if (!flushAsked && !outgoing.isEmpty()) {
            flushAsked = true;
            toFlush.accept(this);
        }
    }

    /** Writes the turn's lines. An answer is never torn: what is said while it is made follows it. */
    void flush() {
        flushAsked = false;
        if (work == null && !outgoing.isEmpty() && connection.isOpen()) {
            write(outgoing.take());
        }
        if (hangUpAsked) {
            connection.closeWhenFlushed();
        }
    }

    private void write(byte[] text) {
        if (text.length > 0) {
            ByteBuffer bytes = Outgoing.wire(text, crlf);
            handedBytes += bytes.remaining();
            connection.write(bytes);
        }
    }

    @Override
    public void hangUp() {
        if (!hangUpAsked && connection.isOpen()) {
            hangUpAsked = true;
            work = null;
            rest = NOTHING;
            connection.requestWritable(false);
            connection.resumeReading();
            if (outgoing.isEmpty()) {
                connection.closeWhenFlushed();
            } else {
                askForFlush();
            }
        }
    }

    @Override
    public void drop() {
        connection.close(CloseReason.TOO_SLOW);
    }

    @Override
    public boolean isStalled(long nowNanos) {
        long delivered = handedBytes - connection.queuedBytes();
        // A socket that is full can keep a part of an answer waiting although nothing is queued behind it.
        boolean isAwaited = connection.queuedBytes() > 0 || work != null && !partAwaited;
        if (delivered != deliveredBytes || !isAwaited) {
            deliveredBytes = delivered;
            deliveredNanos = nowNanos;
            return false;
        }
        return nowNanos - deliveredNanos > LobbyLimits.STALL_NANOS;
    }
}
