package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.loop.CloseReason;
import p101.loop.LoopHarness;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.RangeKind;

/** One connection's handler on a connection without a socket. */
class RequestHandlerTest {
    private static final int FRAME = 101;

    private final LoopHarness harness = new LoopHarness();
    private final TestCatalog catalog = new TestCatalog();
    private final ServingContext serving =
            new ServingContext(harness.loop, catalog, ContentLimits.DEFAULT.withShared(1, 4), new ContentTally());
    private final MemoryFile small = catalog.add(MemoryFile.complete("small", 150));
    private final MemoryFile partial = catalog.add(MemoryFile.partial("partial", 200_000, 1));
    private final byte[] requests = requests(
            TestDownloader.content(small),
            TestDownloader.content(partial),
            TestDownloader.byName(RangeKind.HAVE, "partial"),
            TestDownloader.content(small, 149, 1),
            TestDownloader.byName(RangeKind.MANIFEST, "small"));

    @AfterEach
    void close() throws IOException {
        serving.close();
        harness.close();
    }

    @Test
    void aBufferWithSeveralAnswersMayBeTakenAwayAfterAnyByte() {
        byte[] expected = answers(Integer.MAX_VALUE);
        assertThat(expected.length).isEqualTo((3 + 1 + 2 + 2 + 2) * FRAME);
        for (int taken = 0; taken < expected.length; taken++) {
            assertThat(answers(taken)).as("taken away after %d bytes", taken).isEqualTo(expected);
        }
    }

    @Test
    void holdsABufferOnlyWhileSomethingIsOwed() {
        FakeConnection connection = new FakeConnection();
        RequestHandler handler = new RequestHandler(serving);
        handler.onOpen(connection);
        assertThat(serving.wireBuffers.made()).isZero();
        handler.onBytes(ByteBuffer.wrap(requests));
        assertThat(connection.writableWanted).isFalse();
        assertThat(serving.wireBuffers.made()).isEqualTo(1);

        serving.wireBuffers.lend(() -> {});
        assertThat(serving.tally.snapshot(0).buffersTaken()).as("it was free").isZero();
        handler.onClosed(CloseReason.LOCAL);
    }

    @Test
    void aTimerThatFailsCostsItsOwnConnection() {
        FakeConnection connection = new FakeConnection();
        RequestHandler handler = new RequestHandler(serving);
        handler.onOpen(connection);
        connection.takes = offered -> 0;
        handler.onBytes(ByteBuffer.wrap(requests));
        connection.takes = offered -> {
            throw new IllegalStateException("broken");
        };
        harness.advance(Pace.PRIMING_NANOS);

        assertThat(connection.closed).isEqualTo(CloseReason.FAILURE);
        assertThat(harness.failures).hasSize(1);
        handler.onClosed(CloseReason.FAILURE);
    }

    @Test
    void leavesNoTimerBehind() {
        FakeConnection connection = new FakeConnection();
        RequestHandler handler = new RequestHandler(serving);
        handler.onOpen(connection);
        handler.onClosed(CloseReason.LOCAL);
        harness.advance(ContentLimits.DEFAULT.idleNanos());

        assertThat(connection.closed).isNull();
    }

    /** All answers, with the only buffer lent to somebody else after so many bytes. */
    private byte[] answers(int bytesBefore) {
        FakeConnection connection = new FakeConnection();
        connection.takes = offered -> bytesBefore - connection.taken.size();
        RequestHandler handler = new RequestHandler(serving);
        handler.onOpen(connection);
        handler.onBytes(ByteBuffer.wrap(requests));
        if (bytesBefore < Integer.MAX_VALUE) {
            serving.wireBuffers.lend(() -> {}).giveBack();
        }
        connection.takes = offered -> offered;
        while (connection.writableWanted) {
            handler.onWritable();
        }
        handler.onClosed(CloseReason.LOCAL);
        return connection.taken.toByteArray();
    }

    private static byte[] requests(Pdu.Download... downloads) {
        ByteBuffer bytes = ByteBuffer.allocate(downloads.length * FRAME);
        for (Pdu.Download download : downloads) {
            PduCodec.encode(download, bytes);
        }
        return bytes.array();
    }
}
