package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

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
import p101.pdu.PduFramer;
import p101.pdu.PduLayout;
import p101.pdu.RangeKind;

/** A downloader that reads only when asked, and checks every frame that it is sent. */
final class TestDownloader implements AutoCloseable {
    private static final int FRAME = PduLayout.PDU_BYTES;

    final SocketChannel channel;
    private final LoopHarness harness;
    /** What was read and not yet looked at, from {@link #start} to {@link #end}. */
    private byte[] unread = new byte[1 << 16];

    private int start;
    private int end;
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
            int count = 1;
            while (count > 0) {
                makeRoom();
                count = channel.read(ByteBuffer.wrap(unread, end, unread.length - end));
                end += Math.max(0, count);
            }
            ended |= count < 0;
        } catch (IOException e) {
            ended = true;
            reset = true;
        }
        return true;
    }

    private void makeRoom() {
        if (unread.length - end < 1 << 15) {
            int size = end - start;
            byte[] target = new byte[Math.max(unread.length, 2 * size + (1 << 16))];
            System.arraycopy(unread, start, target, 0, size);
            unread = target;
            start = 0;
            end = size;
        }
    }

    /** Turns the loop until an answer is whole, and checks its form. */
    Reply reply() {
        Pdu first = next();
        if (first instanceof Pdu.Failed failure) {
            return new Reply(null, new byte[0], failure);
        }
        Pdu.Range head = (Pdu.Range) first;
        byte[] padded = new byte[(int) PduFramer.framesFor(head.length()) * PduLayout.PAYLOAD_BYTES];
        for (int at = 0; at < padded.length; at += PduLayout.PAYLOAD_BYTES) {
            await(FRAME);
            if (unread[start] == 'E') {
                return new Reply(head, Arrays.copyOf(padded, at), (Pdu.Failed) next());
            }
            assertThat(unread[start]).as("type byte of the frame at %d", at).isEqualTo((byte) 'C');
            System.arraycopy(unread, start + 1, padded, at, PduLayout.PAYLOAD_BYTES);
            start += FRAME;
        }
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
        return end - start;
    }

    private void await(int bytes) {
        if (end - start >= bytes) {
            return;
        }
        harness.turnUntil(() -> {
            poll();
            if (end - start < bytes && ended) {
                throw new AssertionError("the server closed after " + (end - start) + " of " + bytes + " bytes");
            }
            return end - start >= bytes;
        });
    }

    private Pdu next() {
        await(FRAME);
        try {
            Pdu pdu = PduCodec.decode(
                    Channel.TCP, ByteBuffer.wrap(unread, start, FRAME).slice());
            start += FRAME;
            return pdu;
        } catch (PduException e) {
            throw new AssertionError(e);
        }
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
