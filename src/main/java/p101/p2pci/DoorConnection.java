package p101.p2pci;

import java.nio.ByteBuffer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/**
 * Brings a socket, a {@link RequestParser} and a {@link Visit} together. One request is served at a time, in order; while an
 * answer is being made or waits to be read, nothing more is read from the socket, so that the memory of a connection is
 * bounded whatever it sends. Loop thread.
 *
 * <p>A disconnect in any state removes the connection's rows.
 */
final class DoorConnection implements ConnectionHandler {
    /** Bytes read in one turn at most; also the most that wait here while an answer is made. */
    static final int READ_BYTES_PER_TURN = 4_096;

    /** No further request is served while so many bytes of answers wait to be read by the other side. */
    static final int HIGH_WATER_BYTES = 16_384;

    /** Most bytes of answers that can wait: a part of a list may be added at the high-water mark. */
    static final int MAX_QUEUED_BYTES = 262_144;

    /** An unfinished request that takes no more memory than this is never refused for want of it. */
    static final int SMALL_REQUEST_BYTES = 2_048;

    /** How long the other side may take none of the bytes that wait for it. */
    static final long STALL_NANOS = 30_000_000_000L;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final Door door;
    private final DoorTally tally;
    private final RequestParser parser = new RequestParser();
    private Connection connection;
    private Visit visit;
    /** Bytes that came while a request was served. */
    private ByteBuffer rest = NOTHING;
    /** The rows that are being sent; {@code null} when no answer is made in parts. */
    private RowStream rows;

    private boolean partAwaited;

    private TimerHandle pauseTimer;
    private TimerHandle stallTimer;
    /** Bytes of answers given to the connection since it opened. */
    private long handedBytes;
    /** A request is being served: its reply is awaited, or not wholly handed over. */
    private boolean busy;
    /** A reply that comes now comes inside {@link #serve}. */
    private boolean serving;

    private boolean inputEnded;
    /** What the door was told that the unfinished request takes. */
    private int heldBytes;

    DoorConnection(EventLoop loop, Door door, DoorTally tally) {
        this.loop = loop;
        this.door = door;
        this.tally = tally;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        connection.setReadLimit(READ_BYTES_PER_TURN);
        visit = door.enter(opened.remote().getAddress(), opened.local().getAddress());
    }

    @Override
    public void onBytes(ByteBuffer in) {
        serveFrom(in);
        if (in.hasRemaining()) {
            rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
        settle();
    }

    @Override
    public void onEndOfInput() {
        inputEnded = true;
        serveFrom(rest);
        settle();
    }

    @Override
    public void onWritable() {
        if (rows == null) {
            goOn();
        } else if (!partAwaited) {
            sendPart();
            settle();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        cancel(pauseTimer);
        cancel(stallTimer);
        rest = NOTHING;
        hold(0);
        if (visit != null) {
            visit.leave(loop.nowNanos());
        }
    }

    /** Serves what is complete, until a reply takes longer or the other side does not read. */
    private void serveFrom(ByteBuffer in) {
        while (canServe()) {
            Request request = parser.next(in, loop.nowNanos());
            if (request == null && inputEnded) {
                request = parser.onEndOfInput();
            }
            if (request == null) {
                return;
            }
            serve(request);
        }
    }

    private boolean canServe() {
        return !busy && connection.isOpen() && connection.queuedBytes() < HIGH_WATER_BYTES;
    }

    private void serve(Request request) {
        busy = true;
        serving = true;
        tally.countRequest(request);
        visit.handle(request, loop.nowNanos(), this::onReply);
        serving = false;
    }

    /** Called inside {@link #serve} or, with a registry far away, later. */
    private void onReply(Reply reply) {
        if (reply instanceof Reply.Streamed streamed) {
            rows = streamed.rows();
            sendPart();
            return;
        }
        if (reply instanceof Reply.Whole whole) {
            write(whole.bytes());
        } else if (reply instanceof Reply.HangUp) {
            connection.closeWhenFlushed();
        }
        replied();
    }

    private void sendPart() {
        partAwaited = true;
        rows.next(loop.nowNanos(), this::onPart);
    }

    private void onPart(RowStream.Part part) {
        partAwaited = false;
        write(part.bytes());
        if (part.last()) {
            rows = null;
            replied();
        } else {
            // One part a turn, and the next only when this one is gone.
            connection.requestWritable(true);
        }
    }

    private void replied() {
        busy = false;
        if (!serving) {
            goOn();
        }
    }

    private void write(ByteBuffer bytes) {
        handedBytes += bytes.remaining();
        connection.write(bytes);
    }

    /** A reply has been given: the next request may be waiting already. */
    private void goOn() {
        if (!connection.isOpen()) {
            return;
        }
        serveFrom(rest);
        if (!rest.hasRemaining()) {
            rest = NOTHING;
        }
        settle();
    }

    /** Sets the connection to what is awaited now. */
    private void settle() {
        if (!connection.isOpen()) {
            return;
        }
        if (parser.isFlooded()) {
            tally.countFlood();
            write(Answer.status(Status.BAD_REQUEST, new Manner(LineEnd.CRLF, EndMark.NONE)));
            connection.closeWhenFlushed();
            return;
        }
        limitHeld();
        boolean full = connection.queuedBytes() >= HIGH_WATER_BYTES;
        connection.requestWritable((rows != null && !partAwaited) || full);
        if (busy || full || rest.hasRemaining()) {
            connection.pauseReading();
        } else {
            connection.resumeReading();
        }
        watchForPause();
        watchForStall();
    }

    /** Of all connections together only so much is kept of what is not over yet. */
    private void limitHeld() {
        hold(parser.heldBytes());
        if (heldBytes > SMALL_REQUEST_BYTES && door.isOverfull()) {
            tally.countCrowded();
            parser.refuseUnfinished();
            hold(parser.heldBytes());
        }
    }

    private void hold(int bytes) {
        door.addUnfinished(bytes - heldBytes);
        heldBytes = bytes;
    }

    private void watchForPause() {
        if (pauseTimer == null && canServe() && parser.isPending()) {
            // A byte more may bring the time forward, so it is looked at again after every possible pause.
            long due = Math.min(parser.nanosUntilDue(loop.nowNanos()), RequestParser.PAUSE_NANOS);
            pauseTimer = loop.schedule(Math.max(1, due), this::onPauseTimer);
        }
    }

    private void onPauseTimer() {
        pauseTimer = null;
        while (canServe()) {
            Request request = parser.onTime(loop.nowNanos());
            if (request == null) {
                break;
            }
            serve(request);
        }
        settle();
    }

    private void watchForStall() {
        if (stallTimer == null && isOtherSideAwaited()) {
            long before = deliveredBytes();
            stallTimer = loop.schedule(STALL_NANOS, () -> onStallTimer(before));
        }
    }

    private void onStallTimer(long deliveredBefore) {
        stallTimer = null;
        if (isOtherSideAwaited() && deliveredBytes() == deliveredBefore) {
            tally.countStall();
            connection.close(CloseReason.TOO_SLOW);
        } else {
            watchForStall();
        }
    }

    /** Whether it is for the other side to take bytes before anything goes on. */
    private boolean isOtherSideAwaited() {
        return connection.queuedBytes() > 0 || (rows != null && !partAwaited);
    }

    /** Bytes that the system took for the other side. */
    private long deliveredBytes() {
        return handedBytes - connection.queuedBytes();
    }

    private static void cancel(TimerHandle timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
