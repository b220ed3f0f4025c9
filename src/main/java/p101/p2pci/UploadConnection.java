package p101.p2pci;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import p101.library.ServedFile;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/**
 * One GET: the head, a pause, the content, the close. The pause is a timer, so that it stops nobody. Loop thread.
 *
 * <pre>
 *   REQUEST -> PAUSE -> SENDING -> ENDED      a good request
 *   REQUEST -> ENDED                          any other: one status line
 * </pre>
 *
 * A disconnect in any state closes the file.
 */
final class UploadConnection implements ConnectionHandler {
    /** Between head and content: at least the 100 ms that downloaders count on. */
    static final long PAUSE_NANOS = 120_000_000L;

    /** How long the other side may take nothing of the content. */
    static final long STALL_NANOS = 30_000_000_000L;

    private static final int BLOCKS_PER_TURN = 4;

    private enum State {
        /** The request is coming in. */
        REQUEST,
        /** The head is out. */
        PAUSE,
        /** The content goes out. */
        SENDING,
        /** Nothing more will be sent. */
        ENDED
    }

    private final EventLoop loop;
    private final Uploads uploads;
    private final RequestParser parser = new RequestParser();
    private Connection connection;
    private State state = State.REQUEST;
    private TimerHandle timer;
    private ServedFile.Reader reader;
    private long size;
    private long position;

    UploadConnection(EventLoop loop, Uploads uploads) {
        this.loop = loop;
        this.uploads = uploads;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        connection.setReadLimit(DoorConnection.READ_BYTES_PER_TURN);
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (state == State.REQUEST) {
            serve(parser.next(in, loop.nowNanos()));
        }
        // One request a connection: what follows it is of no interest.
        in.position(in.limit());
        if (state == State.REQUEST) {
            await();
        }
    }

    @Override
    public void onEndOfInput() {
        if (state == State.REQUEST) {
            serve(parser.onEndOfInput());
        }
    }

    private void await() {
        if (parser.isFlooded()) {
            connection.close(CloseReason.PROTOCOL);
        } else if (timer == null) {
            long due = Math.min(parser.nanosUntilDue(loop.nowNanos()), RequestParser.PAUSE_NANOS);
            timer = loop.schedule(Math.max(1, due), this::onRequestTimer);
        }
    }

    private void onRequestTimer() {
        timer = null;
        serve(parser.onTime(loop.nowNanos()));
        if (state == State.REQUEST) {
            await();
        }
    }

    private void serve(Request requestOrNull) {
        if (requestOrNull == null) {
            return;
        }
        cancelTimer();
        Manner manner = requestOrNull.manner();
        if (requestOrNull instanceof Request.Get get) {
            Optional<ServedFile> file = uploads.find(get.number());
            if (file.isPresent()) {
                begin(file.get(), manner);
            } else {
                refuse(Status.NOT_FOUND, manner);
            }
        } else {
            refuse(requestOrNull instanceof Request.Refused refused ? refused.status() : Status.BAD_REQUEST, manner);
        }
    }

    private void begin(ServedFile file, Manner manner) {
        try {
            reader = file.open();
        } catch (IOException gone) {
            refuse(Status.NOT_FOUND, manner);
            return;
        }
        size = file.content().size();
        state = State.PAUSE;
        connection.holdOpen(true);
        connection.write(uploads.head(manner, file));
        timer = loop.schedule(PAUSE_NANOS, this::startSending);
    }

    private void refuse(Status status, Manner manner) {
        state = State.ENDED;
        connection.write(Answer.status(status, new Manner(manner.lineEnd(), EndMark.NONE)));
        connection.closeWhenFlushed();
    }

    private void startSending() {
        state = State.SENDING;
        timer = null;
        connection.requestWritable(true);
        connection.holdOpen(false);
        watchForStall();
    }

    @Override
    public void onWritable() {
        if (state != State.SENDING) {
            return;
        }
        try {
            for (int i = 0; i < BLOCKS_PER_TURN && position < size; i++) {
                ByteBuffer block = uploads.block();
                block.limit((int) Math.min(block.capacity(), size - position));
                reader.read(block, position);
                int sent = connection.send(block.flip());
                if (sent == 0) {
                    return;
                }
                position += sent;
            }
        } catch (IOException changed) {
            // The length is promised already: all that can be said is that the rest will not come.
            connection.close(CloseReason.LOCAL);
            return;
        }
        if (position == size) {
            state = State.ENDED;
            connection.requestWritable(false);
            connection.closeWhenFlushed();
        }
    }

    private void watchForStall() {
        long before = position;
        timer = loop.schedule(STALL_NANOS, () -> {
            if (position == before) {
                connection.close(CloseReason.TOO_SLOW);
            } else {
                watchForStall();
            }
        });
    }

    @Override
    public void onClosed(CloseReason reason) {
        state = State.ENDED;
        cancelTimer();
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException onlyRead) {
                // Nothing was written through it, so nothing can be lost.
            }
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
