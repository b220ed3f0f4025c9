package p101.rendezvous;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/**
 * Brings a socket, an {@link HttpReader} and the {@link Desk} together. One request is served at a time, in order; while an answer
 * is being made or waits to be read, nothing more is read from the socket, so that the memory of a connection is bounded
 * whatever it sends. Loop thread.
 *
 * <p>A request that has come whole is served, whether or not anybody is left to read the answer: published peers close as soon
 * as they have sent.
 */
final class RendezvousConnection implements ConnectionHandler {
    /** Bytes read in one turn at most; also the most that wait here while an answer is made. */
    static final int READ_BYTES_PER_TURN = 16_384;

    /** No further request is served while so many bytes of answers wait to be read by the other side. */
    static final int HIGH_WATER_BYTES = 65_536;

    /** Most bytes of answers that can wait: one more may be added below the high-water mark. */
    static final int MAX_QUEUED_BYTES = 4 * HIGH_WATER_BYTES;

    /** Requests of one connection that are served in one turn. */
    static final int REQUESTS_PER_TURN = 16;

    /**
     * A whole request must have come so long after the connection was opened or the last answer was given, however steadily
     * its bytes come; and so long the other side may take none of the bytes that wait for it.
     */
    static final long PATIENCE_NANOS = 15_000_000_000L;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final Desk desk;
    private final InetAddress advertiseOrNull;
    private final HttpReader reader = new HttpReader();
    private Connection connection;
    private Asker asker;
    /** Bytes that came while a request was served. */
    private ByteBuffer rest = NOTHING;

    private TimerHandle timer;
    private long deadlineNanos;
    /** Bytes of answers given to the connection since it opened. */
    private long handedBytes;
    /** How many of them the system had taken when the patience began. */
    private long takenBytes;

    /** An answer is awaited. */
    private boolean busy;
    /** An answer that comes now comes inside {@link #serve}. */
    private boolean serving;

    private boolean inputEnded;
    /** It goes on when the socket takes bytes again, which it may not even when none are queued here. */
    private boolean awaitsRoom;

    private int servedThisTurn;

    /** @param advertiseOrNull the address under which peers on this machine are shown; {@code null} = the one that was asked */
    RendezvousConnection(EventLoop loop, Desk desk, InetAddress advertiseOrNull) {
        this.loop = loop;
        this.desk = desk;
        this.advertiseOrNull = advertiseOrNull;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        connection.setReadLimit(READ_BYTES_PER_TURN);
        asker = new Asker(
                opened.remote().getAddress(),
                advertiseOrNull != null ? advertiseOrNull : opened.local().getAddress());
        beginPatience();
        timer = loop.schedule(PATIENCE_NANOS, this::onTimer);
    }

    @Override
    public void onBytes(ByteBuffer in) {
        servedThisTurn = 0;
        serveFrom(in);
        if (in.hasRemaining() && connection.isOpen()) {
            rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        settle();
    }

    @Override
    public void onEndOfInput() {
        inputEnded = true;
        servedThisTurn = 0;
        goOn();
    }

    @Override
    public void onWritable() {
        servedThisTurn = 0;
        goOn();
    }

    @Override
    public void onClosed(CloseReason reason) {
        rest = NOTHING;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void goOn() {
        serveFrom(rest);
        if (!rest.hasRemaining()) {
            rest = NOTHING;
        }
        settle();
    }

    /** Serves what is complete, until an answer takes longer, the other side does not read, or others should have their turn. */
    private void serveFrom(ByteBuffer in) {
        while (canServe() && servedThisTurn < REQUESTS_PER_TURN) {
            HttpEvent event = reader.next(in);
            if (event == null && inputEnded) {
                event = reader.onEndOfInput();
            }
            if (event == null) {
                return;
            }
            serve(event);
        }
    }

    private boolean canServe() {
        return !busy && connection.isOpen() && connection.queuedBytes() < HIGH_WATER_BYTES;
    }

    private void serve(HttpEvent event) {
        if (event instanceof HttpEvent.AwaitsContinue) {
            write(HttpAnswer.goOn());
            return;
        }
        servedThisTurn++;
        busy = true;
        serving = true;
        if (event instanceof HttpEvent.Complete complete) {
            desk.answer(complete.request(), asker, loop.nowNanos(), this::onAnswer);
        } else if (event instanceof HttpEvent.Refused refused) {
            onAnswer(desk.refuse(refused.status()));
        }
        serving = false;
    }

    /** Called inside {@link #serve} or, with a registry far away, later. */
    private void onAnswer(HttpAnswer answer) {
        busy = false;
        if (answer.isRefusal()) {
            desk.tally.refusedRequests.increment();
        }
        write(answer.bytes());
        beginPatience();
        if (!answer.keepOpen()) {
            connection.closeWhenFlushed();
        }
        if (!serving) {
            goOn();
        }
    }

    private void write(ByteBuffer bytes) {
        handedBytes += bytes.remaining();
        connection.write(bytes);
    }

    /** Sets the connection to what is awaited now. */
    private void settle() {
        if (!connection.isOpen()) {
            return;
        }
        boolean full = connection.queuedBytes() >= HIGH_WATER_BYTES;
        boolean turnIsOver = servedThisTurn >= REQUESTS_PER_TURN && !busy;
        connection.holdOpen(busy);
        awaitsRoom = full || turnIsOver;
        connection.requestWritable(awaitsRoom);
        if (busy || full || turnIsOver || rest.hasRemaining()) {
            connection.pauseReading();
        } else {
            connection.resumeReading();
        }
    }

    private void beginPatience() {
        takenBytes = handedBytes - connection.queuedBytes();
        deadlineNanos = loop.nowNanos() + PATIENCE_NANOS;
    }

    private void onTimer() {
        long left = deadlineNanos - loop.nowNanos();
        if (left <= 0 && !busy && connection.isOpen()) {
            onPatienceOver();
            left = deadlineNanos - loop.nowNanos();
        }
        if (connection.isOpen()) {
            timer = loop.schedule(left > 0 ? left : PATIENCE_NANOS, this::onTimer);
        }
    }

    private void onPatienceOver() {
        if (connection.queuedBytes() > 0 || awaitsRoom) {
            onUnread();
            return;
        }
        HttpEvent late = reader.onTimeout();
        if (late == null) {
            connection.close(CloseReason.IDLE);
        } else {
            serve(late);
        }
    }

    private void onUnread() {
        if (handedBytes - connection.queuedBytes() == takenBytes) {
            desk.tally.stalls.increment();
            connection.close(CloseReason.TOO_SLOW);
        } else {
            beginPatience();
        }
    }
}
