package p101.p2pci;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import p101.library.HashedFile;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;
import p101.model.Shown;

/**
 * Fetches one RFC from one program with GET into a {@link Spool}: in the CRLF form, and when the answer to that is 505, 400 or
 * nothing, once more with LF alone. Loop thread; the disk and the hashing are the executor's.
 */
final class GetFetch {
    /** How long a connect may take. */
    static final long CONNECT_NANOS = 4_000_000_000L;

    /** How long the first byte of an answer may take before the other form is tried. */
    static final long ANSWER_NANOS = 3_000_000_000L;

    /** How long the content may pause. */
    static final long SILENCE_NANOS = 30_000_000_000L;

    /** How long the close is awaited after all that was promised has come. */
    static final long CLOSE_NANOS = 500_000_000L;

    /** Most bytes that are taken from a program that does not say how long its file is, or lies about it. */
    static final long MAX_BYTES = 4L << 30;

    /** Between two words about how far it is. */
    private static final long PROGRESS_NANOS = 200_000_000L;

    /** Bytes on their way to the disk before reading pauses. */
    private static final int MAX_UNWRITTEN_BYTES = 4 << 20;

    /** Learns the outcome, on the loop's thread. */
    interface Listener {
        /**
         * It came.
         *
         * @param spool the receiver's now
         * @param note what cannot be taken for granted; may be empty
         */
        void onFetched(Spool spool, HashedFile hashed, String note);

        /**
         * It did not come.
         *
         * @param detail goes on after the program's name; safe to print
         */
        void onFailed(String detail);

        /**
         * It is on its way; told a few times a second.
         *
         * @param bytes of the answer so far
         * @param total bytes of the content; {@link p101.fetch.Progress#UNKNOWN} = the program did not say
         */
        void onProgress(long bytes, long total);
    }

    private final EventLoop loop;
    private final Executor disk;
    private final Spool spool;
    private final RfcNumber number;
    private final InetSocketAddress remote;
    private final Listener listener;
    private Attempt attempt;
    private long toldNanos;
    private boolean over;
    private boolean cancelled;

    /** Of the executor alone: the first error of the disk. */
    private IOException diskFailure;

    /**
     * @param disk runs one task after the other, in order
     * @param spool empty
     */
    GetFetch(
            EventLoop loop, Executor disk, Spool spool, RfcNumber number, InetSocketAddress remote, Listener listener) {
        this.loop = loop;
        this.disk = disk;
        this.spool = spool;
        this.number = number;
        this.remote = remote;
        this.listener = listener;
    }

    void start() {
        toldNanos = loop.nowNanos();
        begin(LineEnd.CRLF);
    }

    private void begin(LineEnd lineEnd) {
        attempt = new Attempt(lineEnd);
        attempt.connect();
    }

    /** It is of no use any more: the listener hears nothing of it, and what came is deleted. */
    void cancel() {
        cancelled = true;
        if (!over) {
            over = true;
            attempt.close();
            disk.execute(this::closeQuietly);
        }
    }

    /** Whether nothing more is awaited from the program. */
    boolean isOver() {
        return over;
    }

    private void tellProgress(long bytes, long total) {
        long now = loop.nowNanos();
        if (!over && now - toldNanos >= PROGRESS_NANOS) {
            toldNanos = now;
            listener.onProgress(bytes, total);
        }
    }

    private void fail(String detail) {
        if (!over) {
            over = true;
            disk.execute(() -> {
                closeQuietly();
                tell(() -> listener.onFailed(detail));
            });
        }
    }

    /** On the loop's thread, unless it is of no use any more. */
    private void tell(Runnable outcome) {
        loop.execute(() -> {
            if (!cancelled) {
                outcome.run();
            } else {
                closeQuietly();
            }
        });
    }

    private void closeQuietly() {
        try {
            spool.close();
        } catch (IOException alreadyFailed) {
            // The file is of no use any more, and its name is gone.
        }
    }

    private void append(ByteBuffer part, Attempt attempt) {
        ByteBuffer copy = ByteBuffer.allocate(part.remaining()).put(part).flip();
        int bytes = copy.remaining();
        attempt.unwritten(bytes);
        disk.execute(() -> {
            try {
                if (diskFailure == null) {
                    spool.append(copy);
                }
            } catch (IOException e) {
                diskFailure = e;
            }
            loop.execute(() -> attempt.unwritten(-bytes));
        });
    }

    private void finish(GetReader.End end) {
        over = true;
        disk.execute(() -> {
            try {
                if (diskFailure != null) {
                    throw diskFailure;
                }
                if (end.prefix().length > 0) {
                    spool.prepend(end.prefix());
                }
                HashedFile hashed = spool.hash();
                tell(() -> listener.onFetched(spool, hashed, end.note()));
            } catch (IOException e) {
                closeQuietly();
                String why = Shown.text(String.valueOf(e.getMessage()));
                tell(() -> listener.onFailed("sent a file that cannot be written here: " + why));
            }
        });
    }

    /** One connection. */
    private final class Attempt implements ConnectionHandler {
        private final LineEnd lineEnd;
        private final GetReader reader = new GetReader(part -> append(part, this));
        private Connection connection;
        private TimerHandle timer;
        private long received;
        private int unwritten;
        private boolean done;

        Attempt(LineEnd lineEnd) {
            this.lineEnd = lineEnd;
        }

        void connect() {
            connection = loop.connect(remote, null, CONNECT_NANOS, this);
        }

        @Override
        public void onOpen(Connection opened) {
            // A half-closed program has sent all; what it takes long for is on our side.
            opened.holdOpen(true);
            opened.write(GetRequestText.of(number, remote.getAddress().getHostAddress(), lineEnd));
            await(ANSWER_NANOS);
        }

        private void await(long nanos) {
            cancel();
            timer = loop.schedule(nanos, this::onTimer);
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }

        private void onTimer() {
            timer = null;
            if (!reader.hasBegun() && retry()) {
                return;
            }
            if (reader.isComplete()) {
                end();
            } else {
                giveUp(reader.hasBegun() ? "stopped in the middle of the file" : "does not answer a GET");
            }
        }

        @Override
        public void onBytes(ByteBuffer in) {
            received += in.remaining();
            try {
                reader.read(in);
            } catch (BadUploadException e) {
                in.position(in.limit());
                giveUp(e.getMessage());
                return;
            }
            if (received > MAX_BYTES) {
                giveUp("sent more than " + MAX_BYTES + " bytes");
                return;
            }
            await(reader.isComplete() ? CLOSE_NANOS : SILENCE_NANOS);
            tellProgress(received, reader.length());
        }

        @Override
        public void onEndOfInput() {
            end();
        }

        @Override
        public void onClosed(CloseReason reason) {
            cancel();
            if (done) {
                return;
            }
            switch (reason) {
                case CONNECT_REFUSED -> giveUp("is not there: nobody listens at its address");
                case CONNECT_TIMEOUT, CONNECT_FAILED -> giveUp("cannot be reached");
                case LOOP_CLOSED -> done = true;
                default -> end();
            }
        }

        /** Nothing more will come. */
        private void end() {
            if (done || (!reader.hasBegun() && retry())) {
                return;
            }
            try {
                GetReader.End end = reader.end();
                int code = reader.code().orElse(0);
                if ((code == 400 || code == 505) && retry()) {
                    return;
                }
                if (code != Status.OK.code()) {
                    giveUp(code == 404 ? "does not have it any more" : "refuses the request (" + code + ")");
                    return;
                }
                close();
                finish(end);
            } catch (BadUploadException e) {
                giveUp(e.getMessage());
            }
        }

        private boolean retry() {
            if (lineEnd == LineEnd.LF) {
                return false;
            }
            close();
            begin(LineEnd.LF);
            return true;
        }

        private void giveUp(String detail) {
            close();
            fail(detail);
        }

        private void close() {
            done = true;
            cancel();
            connection.close(CloseReason.LOCAL);
        }

        /** Counts what is on its way to the disk, and stops reading while it is much. */
        void unwritten(int bytes) {
            unwritten += bytes;
            if (unwritten > MAX_UNWRITTEN_BYTES) {
                connection.pauseReading();
            } else if (!done) {
                connection.resumeReading();
            }
        }
    }
}
