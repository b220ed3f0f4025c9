package p101.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p101.loop.EventLoop;
import p101.model.PeerName;
import p101.model.Randomness;

/** Texts over real sockets, with a clock of our own: whole, once, and with programs written from the published rules. */
class TextTest {
    private static final long MILLI = 1_000_000L;
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private long skipped;
    private final EventLoop loop = new EventLoop(() -> System.nanoTime() + skipped);
    private final List<String> texts = new ArrayList<>();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private DirectPort port;

    @BeforeEach
    void open() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        port = DirectPort.open(
                loop,
                anyPort,
                new DirectHost() {
                    @Override
                    public void onText(IncomingText text, InetSocketAddress from) {
                        texts.add(text.sender() + ":" + text.text());
                    }

                    @Override
                    public void onOffer(IncomingOffer offer) {
                        offer.refuse(DirectReason.DECLINED);
                    }

                    @Override
                    public void onPicture(PictureOffer offer) {
                        offer.refuse();
                    }
                },
                Randomness.seeded(1));
    }

    @AfterEach
    void close() {
        port.close();
        loop.close();
    }

    private void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            loop.runOnce(5 * MILLI);
            assertThat(System.nanoTime() - start).as("in time").isLessThan(DEADLINE_NANOS);
        }
    }

    private TextListener listener() {
        return new TextListener() {
            @Override
            public void onRetry(String why) {
                retries.incrementAndGet();
            }

            @Override
            public void onDelivered(boolean beforeTheEnd) {
                delivered.incrementAndGet();
            }

            @Override
            public void onFailed(String why) {
                throw new AssertionError(why);
            }
        };
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port.port());
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] marked(String text, long id) {
        byte[] tail = TextMark.tail(utf8(text), id, PeerName.of("eve"));
        return ByteBuffer.allocate(1 + utf8(text).length + tail.length)
                .put(TextMark.START)
                .put(utf8(text))
                .put(tail)
                .array();
    }

    @Test
    void aLongTextComesWholeAndOnce() {
        String text = "0123456789abcdef".repeat(4_096);
        TextDelivery.start(
                loop,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()),
                null,
                text,
                PeerName.of("ann"),
                Randomness.seeded(2),
                DEADLINE_NANOS,
                listener());
        until(() -> delivered.get() == 1);
        assertThat(texts).containsExactly("ann:" + text);
    }

    @Test
    void aTextWhoseAckWasLostComesAgainAndIsDeliveredOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket socket = connect()) {
                send(socket, marked("once", 7));
                int expected = i;
                until(() -> texts.size() == 1 && expected >= 0 && available(socket) >= 3);
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(texts).containsExactly("eve:once");
        try (Socket socket = connect()) {
            send(socket, marked("once", 8));
            until(() -> texts.size() == 2);
        }
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void aMarkedTextInPiecesWithLongPausesIsNeverCut() throws IOException {
        byte[] bytes = marked("first and second", 9);
        try (Socket socket = connect()) {
            send(socket, java.util.Arrays.copyOf(bytes, 8));
            for (int i = 0; i < 20; i++) {
                loop.runOnce(MILLI);
            }
            skipped += 2 * TextReader.SILENCE_NANOS;
            for (int i = 0; i < 20; i++) {
                loop.runOnce(MILLI);
            }
            assertThat(texts).isEmpty();
            send(socket, java.util.Arrays.copyOfRange(bytes, 8, bytes.length));
            until(() -> texts.size() == 1);
        }
        assertThat(texts).containsExactly("eve:first and second");
        try (Socket socket = connect()) {
            send(socket, java.util.Arrays.copyOf(bytes, 8));
            socket.shutdownOutput();
            until(() -> isClosed(socket));
        }
        assertThat(texts).as("half a text is none").hasSize(1);
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void aPublishedSenderIsAnsweredAfterASilenceAndMaySayTheSameTwice() throws IOException {
        for (int i = 1; i <= 2; i++) {
            try (Socket socket = connect()) {
                send(socket, utf8("hello"));
                int expected = i;
                until(() -> texts.size() == expected && available(socket) == 3);
                assertThat(socket.getInputStream().readNBytes(3)).isEqualTo(utf8("ACK"));
            }
            for (int turn = 0; turn < 20; turn++) {
                loop.runOnce(MILLI);
            }
        }
        assertThat(texts).containsExactly(":hello", ":hello");
    }

    /** The published form has no id: what tells a repetition from the same words again is how the answered connection ended. */
    @Test
    void aPublishedTextWhoseConnectionWasResetComesAgainAndIsDeliveredOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (Socket socket = connect()) {
                send(socket, utf8("hello"));
                until(() -> available(socket) == 3);
                socket.setSoLinger(true, 0);
            }
            turns(20);
        }
        assertThat(texts).as("the sender may never have seen the ACK").containsExactly(":hello");
        try (Socket socket = connect()) {
            send(socket, utf8("hello"));
            until(() -> available(socket) == 3);
        }
        turns(20);
        assertThat(texts).hasSize(1);
        try (Socket socket = connect()) {
            send(socket, utf8("hello"));
            until(() -> texts.size() == 2 && available(socket) == 3);
        }
    }

    @Test
    void aPublishedTextWhoseSenderVanishedComesAgainAndIsDeliveredOnce() throws IOException {
        try (Socket vanished = connect();
                Socket second = connect()) {
            send(vanished, utf8("hello"));
            until(() -> available(vanished) == 3);
            skipped += 2_000 * MILLI;
            send(second, utf8("hello"));
            until(() -> available(second) == 3 && isClosed(vanished));
            skipped += 2_500 * MILLI;
            turns(20);
            try (Socket third = connect()) {
                send(third, utf8("hello"));
                until(() -> available(third) == 3);
            }
            assertThat(texts).containsExactly(":hello");
        }
        skipped += DeliveredTexts.PUBLISHED_NANOS;
        turns(20);
        try (Socket later = connect()) {
            send(later, utf8("hello"));
            until(() -> texts.size() == 2);
        }
    }

    private void turns(int count) {
        for (int turn = 0; turn < count; turn++) {
            loop.runOnce(MILLI);
        }
    }

    @Test
    void aTextThatIsTooLongGetsNoAck() throws IOException {
        try (Socket socket = connect()) {
            Thread writer = new Thread(() -> {
                try {
                    send(socket, new byte[DirectLimits.MAX_TEXT_BYTES + 1_000]);
                } catch (IOException closed) {
                    // As it should be.
                }
            });
            writer.start();
            until(() -> isClosed(socket));
        }
        assertThat(texts).isEmpty();
    }

    /** A published receiver that loses the first two texts: no ACK, then one receive and an ACK. */
    @Test
    void aTextIsSentAgainUntilItIsAcknowledged() throws Exception {
        StringBuilder shown = new StringBuilder();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread receiver = new Thread(() -> {
                try {
                    server.accept().close();
                    Socket mute = server.accept();
                    try (Socket socket = server.accept()) {
                        byte[] buffer = new byte[1024];
                        int count = socket.getInputStream().read(buffer);
                        shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                        send(socket, utf8("ACK"));
                    }
                    mute.close();
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
            receiver.start();
            TextDelivery.startPublished(
                    loop,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                    null,
                    "again",
                    60_000 * MILLI,
                    listener());
            int seen = 0;
            long start = System.nanoTime();
            while (delivered.get() == 0) {
                loop.runOnce(20 * MILLI);
                skipped += 100 * MILLI;
                seen = retries.get();
                assertThat(System.nanoTime() - start).isLessThan(DEADLINE_NANOS);
            }
            receiver.join();
            assertThat(seen).isGreaterThanOrEqualTo(2);
        }
        assertThat(shown.toString()).isEqualTo("again");
    }
}
