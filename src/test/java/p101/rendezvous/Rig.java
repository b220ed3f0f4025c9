package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import p101.loop.EventLoop;
import p101.loop.LoopCounter;

/** An event loop that the test turns, a clock that it moves, and plain sockets that talk to it: all in one thread. */
final class Rig implements AutoCloseable {
    private static final ByteBuffer BUFFER = ByteBuffer.allocate(65_536);
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final List<Throwable> failures = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private long movedNanos;
    private long sentBytes;
    final EventLoop loop = new EventLoop(() -> movedNanos, failures::add);

    void move(long nanos) {
        movedNanos += nanos;
        turn();
    }

    long nowNanos() {
        return movedNanos;
    }

    void turn() {
        for (int i = 0; i < 5; i++) {
            loop.runOnce(0);
        }
    }

    /** Turns the loop until something holds. */
    void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            loop.runOnce(1_000_000);
            assertThat(System.nanoTime()).as("waiting in vain for: " + what).isLessThan(deadline);
        }
    }

    Program connect(InetSocketAddress to) {
        return connect(to, null);
    }

    /** @param fromOrNull the address that it connects from */
    Program connect(InetSocketAddress to, InetAddress fromOrNull) {
        long before = loop.counters().get(LoopCounter.ACCEPTED);
        Program program = connectUnaccepted(to, fromOrNull);
        until("the connection", () -> loop.counters().get(LoopCounter.ACCEPTED) > before);
        turn();
        return program;
    }

    Program connectUnaccepted(InetSocketAddress to, InetAddress fromOrNull) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.bind(fromOrNull == null ? null : new InetSocketAddress(fromOrNull, 0));
            channel.connect(to);
            Program program = new Program(channel);
            programs.add(program);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        loop.close();
        assertThat(failures).isEmpty();
    }

    /** A program that talks to the loop. */
    final class Program {
        private final SocketChannel channel;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean ended;

        private Program(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
        }

        /** Sends a segment, and turns the loop until it has been read. */
        void send(byte[] bytes) {
            ByteBuffer out = ByteBuffer.wrap(bytes);
            until("room to send", () -> {
                write(out);
                return !out.hasRemaining();
            });
            sentBytes += bytes.length;
            until("the bytes to arrive", () -> loop.counters().get(LoopCounter.BYTES_IN) >= sentBytes);
            turn();
        }

        void send(String text) {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Sends what fits now, without waiting for it to be read. */
        void write(ByteBuffer out) {
            try {
                channel.write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What came since the last call, once there are so many bytes. */
        String receive(int bytes) {
            until(bytes + " bytes, having " + received.toString(StandardCharsets.UTF_8), () -> {
                read();
                return received.size() >= bytes;
            });
            turn();
            read();
            String text = received.toString(StandardCharsets.UTF_8);
            received.reset();
            return text;
        }

        /** How many bytes came since {@link #receive}, without waiting. */
        int received() {
            read();
            return received.size();
        }

        /** Closes with a reset instead of a FIN. */
        void reset() {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            close();
        }

        void awaitEnd() {
            until("the end of the connection", () -> {
                read();
                return ended;
            });
        }

        boolean isEnded() {
            read();
            return ended;
        }

        void endOutput() {
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            turn();
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read() {
            try {
                for (int count = ended ? 0 : channel.read(BUFFER.clear()); count != 0; count = channel.read(BUFFER)) {
                    if (count < 0) {
                        ended = true;
                        return;
                    }
                    received.write(BUFFER.array(), 0, count);
                    BUFFER.clear();
                }
            } catch (IOException e) {
                ended = true;
            }
        }
    }
}
