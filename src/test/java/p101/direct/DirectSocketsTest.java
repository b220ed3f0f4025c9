package p101.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p101.loop.EventLoop;
import p101.model.Content;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Randomness;

/** Files over real sockets of this machine: both kinds of address, both kinds of chunk. */
class DirectSocketsTest {
    private static final long DEADLINE_NANOS = 60_000_000_000L;
    private static final int SIZE = 3_000_001;
    private static final int MANIFEST_BYTES = 3_000;

    private final EventLoop loop = new EventLoop(System::nanoTime);
    private final MemoryStore store = new MemoryStore();
    private final byte[] content = Simulation.content(SIZE, 1);
    private DirectPort port;
    private InetSocketAddress heardFrom;
    private SendEnd end;

    @AfterEach
    void close() {
        if (port != null) {
            port.close();
        }
        loop.close();
    }

    private static InetAddress address(String text) throws IOException {
        InetAddress address = InetAddress.getByName(text);
        try (DatagramSocket probe = new DatagramSocket(0, address)) {
            assertThat(probe.getLocalPort()).isPositive();
        } catch (IOException none) {
            Assumptions.abort("this machine has no " + text);
        }
        return address;
    }

    private void receiveAt(InetAddress address) throws IOException {
        DirectHost host = new DirectHost() {
            @Override
            public void onText(IncomingText text, InetSocketAddress from) {
                throw new AssertionError("nobody sends a text");
            }

            @Override
            public void onOffer(IncomingOffer offer) {
                heardFrom = offer.from();
                offer.accept(store.open(offer));
            }

            @Override
            public void onPicture(PictureOffer offer) {
                throw new AssertionError("nobody sends a picture");
            }
        };
        port = DirectPort.open(loop, new InetSocketAddress(address, 0), host, Randomness.seeded(1));
    }

    private FileDelivery send(SendPath path) throws IOException {
        FileOffer offer = new FileOffer(
                PeerName.of("alice"),
                FileName.of("song.bin"),
                new Content(Simulation.rootOf(content), content.length),
                MANIFEST_BYTES,
                0);
        ContentReader reader = (position, into) -> into.put(content, (int) position, into.remaining());
        ByteBuffer manifest = ByteBuffer.allocate(MANIFEST_BYTES);
        return FileDelivery.start(loop, path, offer, manifest, reader, Randomness.seeded(2), how -> end = how);
    }

    private void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            loop.runOnce(5_000_000);
            assertThat(System.nanoTime() - start).as("in time").isLessThan(DEADLINE_NANOS);
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1200", "127.0.0.1, 32768", "::1, 1200", "::1, 32768", "127.0.0.1, 512"})
    void aFileGoesAcross(String host, int chunkBytes) throws IOException {
        InetAddress address = address(host);
        receiveAt(address);
        SendPath path = new SendPath(new InetSocketAddress(address, port.port()), address, chunkBytes);
        try (FileDelivery delivery = send(path)) {
            assertThat(delivery).isNotNull();
            until(() -> end != null && store.ends == 1);
        }
        assertThat(end.kind()).isEqualTo(SendEnd.Kind.STORED);
        assertThat(store.stored.get(Simulation.rootOf(content))).isEqualTo(content);
        assertThat(store.confirmed).isEqualTo(1);
        assertThat(heardFrom.getAddress()).isEqualTo(address);
        int chunks = SIZE / chunkBytes + MANIFEST_BYTES / chunkBytes + 2;
        assertThat(end.sentDatagrams()).isGreaterThanOrEqualTo(chunks);
        // Where the system grants small buffers and others use the machine too, a datagram may be dropped all the same.
        assertThat(end.sentBytes()).isLessThan((long) (1.25 * SIZE) + chunks * 24L);
    }

    @Test
    void onlyWhatIsOnThisMachineGetsLargeChunks() throws IOException {
        InetAddress far = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        assertThat(SendPath.of(new InetSocketAddress(far, 5000), null).chunkBytes())
                .isEqualTo(DirectLimits.SAFE_CHUNK_BYTES);
        SendPath near = SendPath.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000), null);
        assertThat(near.chunkBytes()).isEqualTo(DirectLimits.LOOPBACK_CHUNK_BYTES);
        assertThat(near.safe().chunkBytes()).isEqualTo(DirectLimits.SAFE_CHUNK_BYTES);
        try (java.util.stream.Stream<java.net.NetworkInterface> interfaces =
                java.net.NetworkInterface.networkInterfaces()) {
            interfaces
                    .flatMap(java.net.NetworkInterface::inetAddresses)
                    .forEach(own -> assertThat(SendPath.of(new InetSocketAddress(own, 5000), null)
                                    .chunkBytes())
                            .isEqualTo(DirectLimits.LOOPBACK_CHUNK_BYTES));
        }
    }
}
