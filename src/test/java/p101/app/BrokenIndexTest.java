package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.ListFlags;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;

/** What a person is told when an index answers, but not as it should. */
class BrokenIndexTest {
    private static final int FILE_OFFSET = 51;
    private static final int PEER_OFFSET = 35;
    private static final ContentId CONTENT = new ContentId(5);
    private static final PeerName ANN = PeerName.of("ann");

    private final Cli cli = new Cli();
    private DatagramSocket socket;

    /** Says what a request gets. */
    private interface Answers {
        List<ByteBuffer> to(Pdu.Request request);
    }

    private void start(Answers answers) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        cli.with("P101_INDEX", "127.0.0.1:" + socket.getLocalPort());
        Thread thread = new Thread(() -> serve(answers), "broken-index");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Answers answers) {
        DatagramPacket packet = new DatagramPacket(new byte[102], 102);
        try {
            while (true) {
                packet.setLength(102);
                socket.receive(packet);
                ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                for (ByteBuffer answer : answers.to((Pdu.Request) PduCodec.decode(Channel.TO_INDEX, bytes))) {
                    socket.send(new DatagramPacket(answer.array(), 101, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        } catch (PduException broken) {
            throw new AssertionError(broken);
        }
    }

    @AfterEach
    void stop() {
        socket.close();
    }

    private static ByteBuffer bytes(Pdu pdu) {
        ByteBuffer bytes = ByteBuffer.allocate(101);
        PduCodec.encode(pdu, bytes);
        return bytes.flip();
    }

    private static ByteBuffer entry(Pdu.Request to, int sequence, String file, int flags) {
        int previous = Pdu.Entry.previous(sequence);
        return bytes(new Pdu.Entry(
                to.tx(), 0, sequence, sequence + 1, flags, 0, previous, 9, CONTENT, ANN, FileName.of(file)));
    }

    @Test
    void oneMalformedNameHidesNoOtherRowAndIsNeverPrinted() throws Exception {
        start(request -> List.of(
                entry(request, 0, "a.txt", 0),
                entry(request, 1, "b\u00e9vil.txt", 0).put(FILE_OFFSET, (byte) 0x1B),
                entry(request, 2, "c.txt", ListFlags.LAST)));
        assertThat(cli.run("ls")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.outLines()).hasSize(2);
        assertThat(cli.out()).contains("a.txt", "c.txt").doesNotContain("vil");
        assertThat(cli.err())
                .hasLineCount(1)
                .contains("127.0.0.1", "1 malformed entry")
                .doesNotContain("vil", "does not answer");
        assertThat(cli.run("ls", "nothing")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void findTellsItToo() throws Exception {
        start(request -> ((Pdu.Search) request).beforeId() == 0
                ? List.of(bytes(new Pdu.Found(
                                request.tx(), 0, 7, 0, 6010, 9, CONTENT, ANN, InetAddress.getLoopbackAddress()))
                        .put(PEER_OFFSET, (byte) '/'))
                : List.of(bytes(new Pdu.Refused(request.tx(), 0, 0, ErrorCode.NOT_FOUND, 0, 0, ""))));
        assertThat(cli.run("find", "a.txt")).isEqualTo(ExitCode.FAILED);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).hasLineCount(1).contains("1 malformed entry");
    }
}
