package p101.content;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import p101.loop.CloseReason;
import p101.loop.EventLoop;
import p101.model.FileName;
import p101.model.Root;
import p101.pdu.Channel;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduFramer;
import p101.pdu.PduType;
import p101.pdu.RangeKind;
import p101.testing.Fuzzing;

/**
 * Whatever a downloader sends, in whatever pieces, and however little it takes at a time: the answers are the same, they are
 * PDUs in order, one answer for each D, and every byte of content is the right one.
 */
class RequestStreamFuzzTest {
    private static final int FRAME = 101;
    private static final int MAX_STREAM = 200 * FRAME;

    private static final EventLoop LOOP = new EventLoop(() -> 0);
    private static final TestCatalog CATALOG = new TestCatalog();
    private static final MemoryFile[] FILES = {
        CATALOG.add(MemoryFile.complete("empty", 0)),
        CATALOG.add(MemoryFile.complete("small.txt", 250)),
        CATALOG.add(MemoryFile.complete("large.bin", 500_000)),
        CATALOG.add(MemoryFile.partial("partial.bin", 200_000, 1, 3)),
    };

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, MAX_STREAM, RequestStreamFuzzTest::check);
    }

    /** Requests that are nearly right. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        ByteBuffer stream = ByteBuffer.allocate(MAX_STREAM);
        while (stream.remaining() >= FRAME && data.remainingBytes() > 0) {
            int start = stream.position();
            PduCodec.encode(download(data), stream);
            if (data.consumeInt(0, 9) == 0) {
                stream.put(start + data.consumeInt(0, FRAME - 1), data.consumeByte());
            }
        }
        int cut = data.consumeInt(0, 9) == 0 ? data.consumeInt(0, stream.position()) : stream.position();
        check(Arrays.copyOf(stream.array(), cut), seed);
    }

    private static Pdu.Download download(FuzzedDataProvider data) {
        RangeKind kind = RangeKind.values()[data.consumeInt(0, 2)];
        MemoryFile file = FILES[data.consumeInt(0, FILES.length - 1)];
        boolean near = data.consumeBoolean();
        long offset = near ? data.consumeLong(0, file.content().size() + 1) : data.consumeLong(0, 1L << 46);
        long length = near ? data.consumeLong(0, file.content().size() + 1) : data.consumeLong(0, 1L << 46);
        return switch (data.consumeInt(0, 3)) {
            case 0 -> new Pdu.Download(kind, offset, length, Root.NONE, file.label());
            case 1 -> new Pdu.Download(kind, offset, length, file.content().id().asHint(), FileName.NONE);
            case 2 -> new Pdu.Download(kind, offset, length, new Root(1, 1, 1, 1), file.label());
            default -> new Pdu.Download(kind, offset, length, file.content().root(), FileName.NONE);
        };
    }

    private static void check(byte[] stream, long seed) {
        Run smooth = new Run(new SplittableRandom(0), false);
        smooth.play(stream);
        Run rough = new Run(new SplittableRandom(seed), true);
        rough.play(stream);
        byte[] output = smooth.connection.taken.toByteArray();
        require(Arrays.equals(output, rough.connection.taken.toByteArray()), "the pieces changed the answers");
        require(smooth.connection.closingWhenFlushed == rough.connection.closingWhenFlushed, "closed once only");
        checkAnswers(stream, output, smooth.connection.closingWhenFlushed);
    }

    /** Walks through requests and answers side by side. */
    private static void checkAnswers(byte[] stream, byte[] output, boolean closed) {
        int at = 0;
        int asked = 0;
        for (; (asked + 1) * FRAME <= stream.length; asked++) {
            ByteBuffer request = ByteBuffer.wrap(stream, asked * FRAME, FRAME).slice();
            if (request.get(0) != PduType.DOWNLOAD.code()) {
                break;
            }
            at = checkAnswer(request, output, at);
        }
        require(at == output.length, "more than the answers was sent");
        boolean wrong = asked * FRAME < stream.length && stream[asked * FRAME] != PduType.DOWNLOAD.code();
        require(closed == wrong, "closed, or not, without a reason");
    }

    private static int checkAnswer(ByteBuffer request, byte[] output, int at) {
        Pdu answer = decode(ByteBuffer.wrap(output, at, FRAME).slice());
        if (!(answer instanceof Pdu.Range head)) {
            require(answer instanceof Pdu.Failed, "an answer that is neither A nor E");
            return at + FRAME;
        }
        Pdu.Download asked = (Pdu.Download) decode(request);
        require(head.kind() == asked.kind() && head.offset() == asked.offset(), "another range");
        require(asked.length() == 0 || head.length() <= asked.length(), "more than was asked");
        int next = at + FRAME;
        byte[] content = new byte[(int) head.length()];
        for (int done = 0; done < content.length; done += 100) {
            require(output[next] == 'C', "no C where one belongs");
            System.arraycopy(output, next + 1, content, done, Math.min(100, content.length - done));
            next += FRAME;
        }
        require(next == at + FRAME + PduFramer.wireBytesFor(head.length()), "a wrong number of C");
        if (head.kind() == RangeKind.CONTENT) {
            MemoryFile file = (MemoryFile) CATALOG.byRoot(head.root()).orElseThrow();
            int from = (int) head.offset();
            require(
                    Arrays.equals(content, Arrays.copyOfRange(file.bytes(), from, from + content.length)),
                    "wrong bytes");
        }
        return next;
    }

    private static Pdu decode(ByteBuffer frame) {
        try {
            return PduCodec.decode(Channel.TCP, frame);
        } catch (PduException e) {
            throw new AssertionError(e);
        }
    }

    /** One connection, and, when it is rough, another one that takes its buffer away now and then. */
    private static final class Run {
        private final SplittableRandom random;
        private final boolean rough;
        private final ServingContext serving =
                new ServingContext(LOOP, CATALOG, ContentLimits.DEFAULT.withShared(1, 2), new ContentTally());
        private final RequestHandler handler = new RequestHandler(serving);
        final FakeConnection connection = new FakeConnection();

        Run(SplittableRandom random, boolean rough) {
            this.random = random;
            this.rough = rough;
            if (rough) {
                connection.takes = offered -> this.random.nextInt(this.random.nextInt(4) == 0 ? offered + 1 : 3_000);
            }
        }

        void play(byte[] stream) {
            handler.onOpen(connection);
            int at = 0;
            while (connection.isOpen() && (at < stream.length || connection.writableWanted)) {
                if (at < stream.length && !connection.paused && (!rough || random.nextBoolean())) {
                    int most = Math.min(connection.readLimit, stream.length - at);
                    int count = rough ? 1 + random.nextInt(most) : most;
                    handler.onBytes(ByteBuffer.wrap(stream, at, count));
                    at += count;
                } else if (connection.writableWanted) {
                    handler.onWritable();
                }
                if (rough && random.nextInt(8) == 0) {
                    serving.wireBuffers.lend(() -> {}).giveBack();
                }
            }
            handler.onClosed(CloseReason.LOCAL);
            serving.close();
        }
    }
}
