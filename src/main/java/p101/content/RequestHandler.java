package p101.content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.TimerHandle;
import p101.pdu.PduException;
import p101.pdu.PduLayout;
import p101.pdu.PduType;

/**
 * One connection of a downloader: D in, answers out, in order. While nothing is owed it holds a few small objects; while
 * something is owed, perhaps one of the shared wire buffers, which may be taken away at any time between two turns.
 */
final class RequestHandler implements ConnectionHandler, WireBuffers.Holder {
    /** Buffers filled and sent in one turn at most. */
    private static final int MAX_BLOCKS_PER_TURN = 4;

    /** Answers begun while one buffer is filled at most: each may have to open a file. */
    private static final int MAX_NEW_ANSWERS = 16;

    private static final int FRAME = PduLayout.PDU_BYTES;

    /** What is offered first to a reader that is to be judged: 64 KiB of whole frames. */
    private static final int TRIAL_BYTES = 648 * FRAME;

    /** A third of the largest socket buffer, and then some. */
    private static final int BLOCKS_TO_FILL_A_SOCKET = 8;

    private final ServingContext serving;
    private final RequestQueue requests;
    private final Pace pace;
    /** Begun and not wholly sent, in order. */
    private final List<Answer> answers = new ArrayList<>(0);
    /** The answer that is made next, as an index into {@link #answers}, and how far it has been made. */
    private int made;

    private long madeBytes;
    /** The frames that were made and not yet sent; {@code null} when there are none or they were taken away. */
    private WireBuffers.Loan buffer;

    private Connection connection;
    private TimerHandle check;
    private long checkAtNanos;
    private boolean broken;

    RequestHandler(ServingContext serving) {
        this.serving = serving;
        this.requests = new RequestQueue(serving.limits.pipelinedRequests());
        this.pace = new Pace(serving.limits, serving.loop.nowNanos());
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        opened.setReadLimit(RequestQueue.maxBytes(serving.limits.pipelinedRequests()));
        watch();
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (broken) {
            in.position(in.limit());
            return;
        }
        int whole = requests.requests();
        boolean middle = requests.endsInTheMiddle();
        requests.add(in);
        boolean newRequest = !middle || requests.requests() > whole;
        // While earlier blocks wait for the socket its turn comes by itself.
        if (buffer == null) {
            send(1, WireBuffers.WIRE_BYTES);
        }
        settle(newRequest);
        watch();
    }

    @Override
    public void onWritable() {
        send(MAX_BLOCKS_PER_TURN, WireBuffers.WIRE_BYTES);
        settle(false);
        watch();
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (check != null) {
            check.cancel();
        }
        releaseBuffer();
        requests.clear();
        answers.clear();
    }

    /** How long nothing has been owed or begun; negative when something is. */
    long idleNanos(long nowNanos) {
        return broken ? -1 : pace.silentNanos(nowNanos);
    }

    @Override
    public void bufferTaken() {
        buffer = null;
        made = 0;
        madeBytes = answers.isEmpty() ? 0 : answers.get(0).sent() / FRAME * FRAME;
    }

    /** Fills buffers and sends them, until the socket is full, nothing is owed, or the turn's share is used up. */
    private void send(int blocks, int maxBytes) {
        for (int i = 0; i < blocks && connection.isOpen(); i++) {
            if (buffer == null && !fill(maxBytes)) {
                return;
            }
            int count = connection.send(buffer.bytes);
            if (count > 0) {
                serving.tally.sent(count);
                pace.drained(count);
                buffer.touch();
                advance(count);
            }
            if (buffer.bytes.hasRemaining()) {
                return;
            }
            releaseBuffer();
        }
    }

    /** Fills a buffer with what is owed next; {@code false} when nothing is. */
    private boolean fill(int maxBytes) {
        if (made == answers.size() && !begin()) {
            return false;
        }
        buffer = serving.wireBuffers.lend(this);
        ByteBuffer wire = buffer.bytes.limit(maxBytes);
        int skip = answers.isEmpty() ? 0 : skipOfFirst();
        int begun = 0;
        while (wire.remaining() >= FRAME) {
            if (made == answers.size() && (begun++ == MAX_NEW_ANSWERS || !begin())) {
                break;
            }
            Answer answer = answers.get(made);
            madeBytes = answer.render(madeBytes, wire, serving.block());
            if (madeBytes == answer.wireLength()) {
                made++;
                madeBytes = 0;
            }
        }
        wire.flip().position(skip);
        return true;
    }

    /** Bytes of the first frame that had gone out before the buffer was taken away. */
    private int skipOfFirst() {
        Answer first = answers.get(0);
        return made == 0 && madeBytes < first.sent() ? (int) (first.sent() - madeBytes) : 0;
    }

    /** Begins to answer the next D; {@code false} when there is none, or none that can be trusted. */
    private boolean begin() {
        if (broken || requests.size() == 0) {
            return false;
        }
        // What is no D is known by its first byte; there is no need to wait for the other hundred.
        if (requests.nextType() != PduType.DOWNLOAD.code()) {
            giveUp();
            return false;
        }
        if (requests.requests() == 0) {
            return false;
        }
        try {
            answers.add(serving.answers.answer(requests.take()));
            serving.tally.request();
            return true;
        } catch (PduException noRequest) {
            giveUp();
            return false;
        }
    }

    /** The stream cannot be trusted any further: what is owed is still sent, then the connection is closed. */
    private void giveUp() {
        broken = true;
        requests.clear();
        serving.tally.protocolBroken();
    }

    private void advance(int count) {
        long left = count;
        while (left > 0) {
            Answer first = answers.get(0);
            long step = Math.min(left, first.wireLength() - first.sent());
            first.advance(step);
            left -= step;
            if (first.isSent()) {
                if (first.failure() != null) {
                    serving.tally.refusal(first.failure().code());
                }
                answers.remove(0);
                made--;
            }
        }
    }

    private void releaseBuffer() {
        if (buffer != null) {
            buffer.giveBack();
            buffer = null;
        }
    }

    /** After every event: asks the loop for what is needed next, and no more. */
    private void settle(boolean newRequest) {
        if (!connection.isOpen()) {
            return;
        }
        boolean owing = buffer != null || !answers.isEmpty() || requests.requests() > 0;
        if (broken && !owing) {
            connection.closeWhenFlushed();
            return;
        }
        connection.requestWritable(owing);
        int room = RequestQueue.maxBytes(serving.limits.pipelinedRequests() - answers.size()) - requests.size();
        if (room > 0) {
            connection.setReadLimit(room);
            connection.resumeReading();
        } else {
            connection.pauseReading();
        }
        pace.update(owing, requests.endsInTheMiddle(), newRequest, serving.loop.nowNanos());
    }

    /** Sets the timer unless it will fire early enough: for a quick connection it is set once and never moved. */
    private void watch() {
        if (!connection.isOpen()) {
            return;
        }
        long nowNanos = serving.loop.nowNanos();
        long delayNanos = Math.max(0, pace.untilVerdict(nowNanos));
        if (check != null) {
            if (checkAtNanos - nowNanos <= delayNanos) {
                return;
            }
            check.cancel();
        }
        checkAtNanos = nowNanos + delayNanos;
        check = serving.loop.schedule(delayNanos, this::judge);
    }

    /** A timer belongs to no connection, so what fails in it must be brought home to this one. */
    private void judge() {
        check = null;
        try {
            judgeNow();
        } catch (RuntimeException | Error failure) {
            connection.close(CloseReason.FAILURE);
            throw failure;
        }
    }

    private void judgeNow() {
        if (pace.isReaderDue(serving.loop.nowNanos())) {
            fillSocket();
            settle(false);
        }
        CloseReason verdict = pace.verdict(serving.loop.nowNanos());
        if (verdict != null) {
            connection.close(verdict);
        }
        watch();
    }

    /**
     * Sends until the socket takes no more. A socket says "writable" only when a third of it is free, so without this a slow
     * reader would look like one that takes nothing. A little is offered first: most readers judged like this take none.
     */
    private void fillSocket() {
        send(1, TRIAL_BYTES);
        if (buffer == null) {
            send(BLOCKS_TO_FILL_A_SOCKET, WireBuffers.WIRE_BYTES);
        }
    }
}
