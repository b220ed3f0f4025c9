package p101.direct;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.loop.EventLoop;
import p101.loop.SocketSettings;
import p101.loop.TimerHandle;
import p101.model.PeerName;
import p101.model.Randomness;

/**
 * Sends one text: over a new connection every 2 s, whole each time and under the same id, until the receiver answers ACK. spec/DIRECT.md,
 * section 2. Loop thread.
 */
public final class TextDelivery {
    /** Between the beginnings of two attempts. */
    public static final long RESEND_NANOS = 2_000_000_000L;

    /** Between text and mark: a published receiver answers before it sees the mark. */
    static final long TAIL_PAUSE_NANOS = 60_000_000L;

    private static final SocketSettings SETTINGS =
            new SocketSettings(0, 0, DirectLimits.MAX_TEXT_BYTES + 1 + TextMark.MAX_TAIL_BYTES);

    private final EventLoop loop;
    private final InetSocketAddress to;
    private final InetAddress bindOrNull;
    private final byte[] head;
    private final byte[] tail;
    private final long untilNanos;
    private final TextListener listener;
    private TimerHandle timer;
    private Attempt attempt;
    private boolean over;

    private TextDelivery(
            EventLoop loop,
            InetSocketAddress to,
            InetAddress bindOrNull,
            byte[] head,
            byte[] tail,
            long patienceNanos,
            TextListener listener) {
        this.loop = loop;
        this.to = to;
        this.bindOrNull = bindOrNull;
        this.head = head;
        this.tail = tail;
        this.untilNanos = loop.nowNanos() + patienceNanos;
        this.listener = listener;
    }

    /**
     * Begins to send a text of our form.
     *
     * @param text 1 to 65,536 bytes of UTF-8
     * @param patienceNanos the first attempt that begins after so long is not made any more
     */
    public static TextDelivery start(
            EventLoop loop,
            InetSocketAddress to,
            InetAddress bindOrNull,
            String text,
            PeerName sender,
            Randomness random,
            long patienceNanos,
            TextListener listener) {
        byte[] bytes = bytes(text);
        byte[] marked = ByteBuffer.allocate(1 + bytes.length)
                .put(TextMark.START)
                .put(bytes)
                .array();
        byte[] tail = TextMark.tail(bytes, random.nextLong() | 1, sender);
        return begin(new TextDelivery(loop, to, bindOrNull, marked, tail, patienceNanos, listener));
    }

    /** Begins to send a text as published programs do: without any mark, so that one whose ACK is lost is shown twice. */
    public static TextDelivery startPublished(
            EventLoop loop,
            InetSocketAddress to,
            InetAddress bindOrNull,
            String text,
            long patienceNanos,
            TextListener listener) {
        return begin(new TextDelivery(loop, to, bindOrNull, bytes(text), new byte[0], patienceNanos, listener));
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > DirectLimits.MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a text has 1 to " + DirectLimits.MAX_TEXT_BYTES + " bytes");
        }
        return bytes;
    }

    private static TextDelivery begin(TextDelivery delivery) {
        delivery.attempt();
        return delivery;
    }

    private void attempt() {
        timer = loop.schedule(RESEND_NANOS, this::onTimeout);
        attempt = new Attempt();
        loop.connect(to, bindOrNull, RESEND_NANOS, SETTINGS, attempt);
    }

    private void onTimeout() {
        if (over) {
            return;
        }
        String why = attempt.why;
        attempt.drop();
        if (loop.nowNanos() - untilNanos >= 0) {
            over = true;
            listener.onFailed(why);
        } else {
            listener.onRetry(why);
            attempt();
        }
    }

    /** Gives up without a word. */
    public void cancel() {
        over = true;
        timer.cancel();
        attempt.drop();
    }

    /** One connection. */
    private final class Attempt implements ConnectionHandler {
        private Connection connection;
        private String why = "nobody answers there";
        private final byte[] answer = new byte[3];
        private int answered;
        private boolean tailSent = tail.length == 0;

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
            why = "the text was not acknowledged";
            connection.write(ByteBuffer.wrap(head));
            if (!tailSent) {
                loop.schedule(TAIL_PAUSE_NANOS, this::sendTail);
            }
        }

        private void sendTail() {
            if (!over && this == attempt && connection.isOpen()) {
                tailSent = true;
                connection.write(ByteBuffer.wrap(tail));
            }
        }

        @Override
        public void onBytes(ByteBuffer in) {
            while (in.hasRemaining() && answered < answer.length) {
                answer[answered++] = in.get();
            }
            in.position(in.limit());
            if (!over && answered == answer.length && new String(answer, StandardCharsets.US_ASCII).equals("ACK")) {
                over = true;
                timer.cancel();
                boolean early = !tailSent;
                connection.closeWhenFlushed();
                listener.onDelivered(early);
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            if (reason == CloseReason.CONNECT_REFUSED) {
                why = "nobody listens there";
            }
        }

        void drop() {
            if (connection != null) {
                connection.close(CloseReason.LOCAL);
            }
        }
    }
}
