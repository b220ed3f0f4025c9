package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import p101.loop.LoopHarness;
import p101.model.FileName;
import p101.model.Root;
import p101.pdu.Channel;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;

/** A downloader that reads only when asked, and checks every frame that it is sent. */
final class TestDownloader implements AutoCloseable {
    private static final int FRAME = PduLayout.PDU_BYTES;

    final SocketChannel channel;
    private final LoopHarness harness;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    boolean ended;
    boolean reset;

    /**
     * An answer: an A with its bytes, perhaps cut short by an E, or an E alone.
     *
     * @param bytes those of the whole C, without the padding
     */
    record Reply(Pdu.Range head, byte[] bytes, Pdu.Failed failure) {}

    TestDownloader(LoopHarness harness, InetSocketAddress server, int receiveBufferBytes) throws IOException {
        this.harness = harness;
        this.channel = SocketChannel.open();
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        channel.connect(server);
        channel.configureBlocking(false);
    }

    static Pdu.Download content(MemoryFile file) {
        return content(file, 0, 0);
    }

    static Pdu.Download content(MemoryFile file, long offset, long length) {
        return new Pdu.Download(
                RangeKind.CONTENT, offset, length, file.content().root(), FileName.NONE);
    }

    static Pdu.Download byName(RangeKind kind, String name) {
        return new Pdu.Download(kind, 0, 0, Root.NONE, FileName.of(name));
    }

    void ask(Pdu.Download... requests) {
        ByteBuffer bytes = ByteBuffer.allocate(requests.length * FRAME);
        for (Pdu.Download request : requests) {
            PduCodec.encode(request, bytes);
        }
        sendRaw(bytes.flip());
    }

    /** Sends all, turning the loop while the socket is full. */
    void sendRaw(ByteBuffer bytes) {
        harness.turnUntil(() -> {
            try {
                channel.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return !bytes.hasRemaining();
        });
    }

    /** Reads what is there now. */
    boolean poll() {
        try {
            int count;
            while ((count = channel.read(buffer.clear())) > 0) {
                unread.write(buffer.array(), 0, count);
            }
            ended |= count < 0;
        } catch (IOException e) {
            ended = true;
            reset = true;
        }
        return true;
    }

    /** Turns the loop until an answer is whole, and checks its form. */
    Reply reply() {
        await(FRAME);
        Pdu first = frame(0);
        if (first instanceof Pdu.Failed failure) {
            consume(FRAME);
            return new Reply(null, new byte[0], failure);
        }
        Pdu.Range head = (Pdu.Range) first;
        int frames = (int) ((head.length() + 99) / 100);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 1; i <= frames; i++) {
            await((i + 1) * FRAME);
            byte[] all = unread.toByteArray();
            // Whole frames are taken many at a time; an E may stand in the place of any.
            for (; i <= frames && all.length >= (i + 1) * FRAME; i++) {
                if (all[i * FRAME] == 'E') {
                    Pdu.Failed failure = (Pdu.Failed) frame(i);
                    consume((i + 1) * FRAME);
                    return new Reply(head, content.toByteArray(), failure);
                }
                assertThat(all[i * FRAME]).as("type byte of frame %d", i).isEqualTo((byte) 'C');
                content.write(all, i * FRAME + 1, 100);
            }
            i--;
        }
        consume((frames + 1) * FRAME);
        byte[] padded = content.toByteArray();
        for (int i = (int) head.length(); i < padded.length; i++) {
            assertThat(padded[i]).as("padding").isZero();
        }
        return new Reply(head, Arrays.copyOf(padded, (int) head.length()), null);
    }

    List<Reply> replies(int count) {
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(reply());
        }
        return replies;
    }

    int unreadBytes() {
        return unread.size();
    }

    private void await(int bytes) {
        harness.turnUntil(() -> {
            poll();
            if (unread.size() < bytes && ended) {
                throw new AssertionError("the server closed after " + unread.size() + " of " + bytes + " bytes");
            }
            return unread.size() >= bytes;
        });
    }

    private Pdu frame(int index) {
        try {
            return PduCodec.decode(
                    Channel.TCP,
                    ByteBuffer.wrap(unread.toByteArray(), index * FRAME, FRAME).slice());
        } catch (PduException e) {
            throw new AssertionError(e);
        }
    }

    private void consume(int bytes) {
        byte[] all = unread.toByteArray();
        unread.reset();
        unread.write(all, bytes, all.length - bytes);
    }

    /** Turns the loop until the server has closed. */
    void awaitEnd() {
        harness.turnUntil(() -> poll() && ended);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
