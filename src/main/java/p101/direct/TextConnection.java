package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.TimerHandle;

/** The receiving end of one text: read, deliver once, ACK, close. Loop thread. */
final class TextConnection implements ConnectionHandler {
    private static final byte[] ACK = "ACK".getBytes(StandardCharsets.US_ASCII);

    /** A sender that has our ACK closes at once; an end that comes later, perhaps only because nobody waited longer, says nothing. */
    static final long IN_ORDER_NANOS = 1_500_000_000L;

    private final EventLoop loop;
    private final InetSocketAddress from;
    private final DeliveredTexts delivered;
    private final BiConsumer<IncomingText, InetSocketAddress> listener;
    private final TextReader reader;
    private Connection connection;
    private TimerHandle timer;
    private IncomingText answered;
    private long answeredNanos;

    TextConnection(
            EventLoop loop,
            InetSocketAddress from,
            DeliveredTexts delivered,
            BiConsumer<IncomingText, InetSocketAddress> listener) {
        this.loop = loop;
        this.from = from;
        this.delivered = delivered;
        this.listener = listener;
        this.reader = new TextReader(loop.nowNanos());
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        arm();
    }

    private void arm() {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop.schedule(reader.waitNanos(loop.nowNanos()), () -> after(reader.onTimer(loop.nowNanos())));
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (answered == null) {
            after(reader.onBytes(in, loop.nowNanos()));
        } else {
            in.position(in.limit());
        }
    }

    @Override
    public void onEndOfInput() {
        if (answered == null) {
            after(reader.onEndOfInput());
        }
    }

    private void after(TextReader.Status status) {
        switch (status) {
            case MORE -> arm();
            case BROKEN -> connection.close(CloseReason.PROTOCOL);
            case WHOLE -> answer(reader.text());
        }
    }

    private void answer(IncomingText text) {
        if (answered != null) {
            return;
        }
        answered = text;
        answeredNanos = loop.nowNanos();
        timer.cancel();
        if (delivered.isNew(text, from.getAddress(), loop.nowNanos())) {
            listener.accept(text, from);
        }
        connection.write(ByteBuffer.wrap(ACK));
        connection.closeWhenFlushed();
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (timer != null) {
            timer.cancel();
        }
        boolean inOrder = reason == CloseReason.END_OF_INPUT || reason == CloseReason.LOCAL;
        if (answered != null && inOrder && loop.nowNanos() - answeredNanos < IN_ORDER_NANOS) {
            delivered.onAcknowledged(answered, from.getAddress());
        }
    }
}
