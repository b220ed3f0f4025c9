package p101.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A program that talks to the loop of a {@link LoopRig} in its thread: what waits turns the loop, until a deadline. */
public final class PlainSocket {
    /** One for all, because all of them are in one thread. */
    private static final ByteBuffer BUFFER = ByteBuffer.allocate(262_144);

    private final LoopRig rig;
    private final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean ended;

    PlainSocket(LoopRig rig, SocketChannel channel) throws IOException {
        this.rig = rig;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    public int localPort() {
        return channel.socket().getLocalPort();
    }

    public void setReceiveBufferBytes(int bytes) {
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a segment, and turns the loop until it has been read. */
    public void send(byte[] bytes) {
        push(bytes);
        rig.untilRead(bytes.length);
    }

    public void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends all, and turns the loop only while there is no room for it. */
    public void push(byte[] bytes) {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        rig.until("room to send", () -> {
            write(out);
            return !out.hasRemaining();
        });
    }

    public void push(String text) {
        push(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends what fits now, without waiting for it to be read. */
    public void write(ByteBuffer out) {
        try {
            channel.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came since the last call, once there are so many bytes. */
    public String receive(int bytes) {
        rig.until(bytes + " bytes, having " + received.toString(StandardCharsets.UTF_8), () -> received() >= bytes);
        rig.turn();
        String text = seen();
        clear();
        return text;
    }

    /** How many bytes came since {@link #receive} or {@link #clear}, without waiting. */
    public int received() {
        read();
        return received.size();
    }

    /** All that came since {@link #receive} or {@link #clear}, without waiting; it stays. */
    public String seen() {
        read();
        return received.toString(StandardCharsets.UTF_8);
    }

    /** Waits for a text, and gives all that came, as {@link #seen}. */
    public String await(String text) {
        rig.until(text + " in " + seen(), () -> seen().contains(text));
        return seen();
    }

    public void clear() {
        received.reset();
    }

    /** Whether what came so far ends so. */
    public boolean lastIs(String end) {
        byte[] bytes = received.toByteArray();
        int from = bytes.length - end.length();
        return from >= 0 && new String(bytes, from, end.length(), StandardCharsets.US_ASCII).equals(end);
    }

    public void awaitEnd() {
        rig.until("the end of the connection", this::isEnded);
    }

    public boolean isEnded() {
        read();
        return ended;
    }

    /** Sends a FIN; what comes is still read. */
    public void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rig.turn();
    }

    /** Closes with a reset instead of a FIN. */
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try {
            for (int count = ended ? 0 : channel.read(BUFFER.clear());
                    count != 0;
                    count = channel.read(BUFFER.clear())) {
                if (count < 0) {
                    ended = true;
                    return;
                }
                received.write(BUFFER.array(), 0, count);
            }
        } catch (IOException e) {
            ended = true;
        }
    }
}
