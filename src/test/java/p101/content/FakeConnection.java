package p101.content;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.EventLoop;

/** A connection without a socket: takes what the test lets it take, and remembers what it was asked. */
final class FakeConnection implements Connection {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    /** How many of the bytes offered it takes. */
    IntUnaryOperator takes = offered -> offered;

    int readLimit = EventLoop.READ_BUFFER_BYTES;
    boolean paused;
    boolean writableWanted;
    boolean closingWhenFlushed;
    CloseReason closed;

    @Override
    public InetSocketAddress remote() {
        return null;
    }

    @Override
    public InetSocketAddress local() {
        return null;
    }

    @Override
    public int send(ByteBuffer bytes) {
        if (!isOpen()) {
            return 0;
        }
        int count = Math.min(bytes.remaining(), takes.applyAsInt(bytes.remaining()));
        byte[] copy = new byte[count];
        bytes.get(copy);
        taken.writeBytes(copy);
        return count;
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        throw new AssertionError("the handler sends from its own buffers");
    }

    @Override
    public int queuedBytes() {
        return 0;
    }

    @Override
    public void requestWritable(boolean on) {
        writableWanted = on;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void setReadLimit(int maxBytesPerTurn) {
        if (maxBytesPerTurn < 1) {
            throw new AssertionError("a read limit of " + maxBytesPerTurn);
        }
        readLimit = maxBytesPerTurn;
    }

    @Override
    public void setSendBuffer(int bytes) {
        throw new AssertionError("not this handler's affair");
    }

    @Override
    public void closeWhenFlushed() {
        closingWhenFlushed = true;
        writableWanted = false;
    }

    @Override
    public void close(CloseReason reason) {
        if (closed == null) {
            closed = reason;
        }
    }

    @Override
    public boolean isOpen() {
        return closed == null && !closingWhenFlushed;
    }
}
