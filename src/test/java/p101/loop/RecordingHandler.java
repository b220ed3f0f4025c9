package p101.loop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told. Tests override what they need. */
public class RecordingHandler implements ConnectionHandler {
    public Connection connection;
    public final ByteArrayOutputStream received = new ByteArrayOutputStream();
    public final List<CloseReason> closed = new ArrayList<>();
    public final List<String> events = new ArrayList<>();
    public boolean ended;

    @Override
    public void onOpen(Connection opened) {
        events.add("open");
        connection = opened;
    }

    @Override
    public void onBytes(ByteBuffer in) {
        events.add("bytes");
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        received.writeBytes(bytes);
    }

    @Override
    public void onWritable() {
        events.add("writable");
    }

    @Override
    public void onEndOfInput() {
        events.add("end");
        ended = true;
    }

    @Override
    public void onClosed(CloseReason reason) {
        events.add("closed");
        closed.add(reason);
    }

    public boolean isClosed() {
        return !closed.isEmpty();
    }
}
