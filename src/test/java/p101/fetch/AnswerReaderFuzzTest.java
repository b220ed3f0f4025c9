package p101.fetch;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import p101.library.Geometry;
import p101.library.Manifest;
import p101.library.PieceSet;
import p101.model.FileName;
import p101.model.Root;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduFramer;
import p101.pdu.RangeKind;
import p101.testing.Fuzzing;

/**
 * Whatever a source sends, in whatever pieces: what the download is told is the same, never more than was asked for, in order,
 * and every block comes back.
 */
class AnswerReaderFuzzTest {
    private static final int FRAME = 101;
    private static final int MAX_STREAM = 3_000 * FRAME;
    private static final long SIZE = 100_000;
    private static final Root ROOT = new Root(1, 2, 3, 4);

    private record Ask(RangeKind kind, long offset, long length) {}

    private static final Ask[] ASKED = {
        new Ask(RangeKind.MANIFEST, 0, 0),
        new Ask(RangeKind.CONTENT, 0, 65_536),
        new Ask(RangeKind.CONTENT, 65_536, SIZE - 65_536),
        new Ask(RangeKind.HAVE, 0, 0),
        new Ask(RangeKind.CONTENT, 0, SIZE),
    };

    /** Any bytes; the first one seeds the pieces. */
    @FuzzTest
    void raw(byte[] data) {
        Fuzzing.seeded(data, MAX_STREAM, AnswerReaderFuzzTest::check);
    }

    /** Answers that are nearly right. */
    @FuzzTest
    void typed(FuzzedDataProvider data) {
        if (data == null) {
            return;
        }
        long seed = data.consumeLong();
        ByteBuffer stream = ByteBuffer.allocate(MAX_STREAM);
        for (int i = 0; i < 8 && data.remainingBytes() > 0; i++) {
            Ask ask = ASKED[data.consumeInt(0, 5) == 0 ? data.consumeInt(0, 4) : Math.min(i, 4)];
            int start = stream.position();
            answer(ask, data, stream);
            if (data.consumeInt(0, 9) == 0) {
                stream.put(data.consumeInt(start, stream.position() - 1), data.consumeByte());
            }
        }
        int cut = data.consumeInt(0, 9) == 0 ? data.consumeInt(0, stream.position()) : stream.position();
        check(Arrays.copyOf(stream.array(), cut), seed);
    }

    private static void answer(Ask ask, FuzzedDataProvider data, ByteBuffer stream) {
        if (stream.remaining() < FRAME || data.consumeInt(0, 7) == 0) {
            fail(data, stream);
            return;
        }
        long whole = ask.length > 0 ? ask.length : ask.kind == RangeKind.HAVE ? 1 : 77;
        long length = data.consumeInt(0, 4) == 0 ? data.consumeLong(1, whole) : whole;
        boolean odd = data.consumeInt(0, 9) == 0;
        long offset = odd ? Math.min(data.consumeInt(0, 9), SIZE - length) : ask.offset;
        if (offset + length > (ask.kind == RangeKind.CONTENT ? SIZE : ask.kind.maxBytes()) || offset < 0) {
            return;
        }
        Root root = odd ? new Root(1, 2, 3, data.consumeInt(3, 5)) : ROOT;
        PduCodec.encode(new Pdu.Range(ask.kind, data.consumeBoolean(), offset, length, root, SIZE, 0), stream);
        long sent = data.consumeInt(0, 5) == 0 ? data.consumeLong(0, length) : length;
        if (PduFramer.wireBytesFor(sent) <= stream.remaining()) {
            PduFramer.frame(ByteBuffer.wrap(bytes(offset, (int) sent)), stream);
        }
    }

    private static void fail(FuzzedDataProvider data, ByteBuffer stream) {
        if (stream.remaining() >= FRAME) {
            ErrorCode code = ErrorCode.values()[data.consumeInt(0, ErrorCode.values().length - 1)];
            PduCodec.encode(new Pdu.Failed(code, data.consumeInt(0, 65_535), "no"), stream);
        }
    }

    private static byte[] bytes(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((offset + i) * 31 >> 3);
        }
        return bytes;
    }

    private static void check(byte[] stream, long seed) {
        Recorder smooth = new Recorder();
        smooth.play(stream, new SplittableRandom(0), stream.length);
        Recorder rough = new Recorder();
        rough.play(stream, new SplittableRandom(seed), 300);
        require(smooth.told.toString().equals(rough.told.toString()), "the pieces changed what is told");
    }

    /** Writes down what it is told and checks that it is no more than was asked. */
    private static final class Recorder implements SourceEvents {
        final StringBuilder told = new StringBuilder();
        private final BlockPool blocks = new BlockPool(4);
        private final AnswerReader reader =
                new AnswerReader(new SourceRequest(ROOT, FileName.NONE, SIZE, blocks), this);
        private long at;
        private long end;
        private int hash;

        void play(byte[] stream, SplittableRandom random, int mostAtOnce) {
            for (Ask ask : ASKED) {
                reader.asked(ask.kind, ask.offset, ask.length);
            }
            try {
                for (int from = 0; from < stream.length; ) {
                    int length = Math.min(stream.length - from, 1 + random.nextInt(Math.max(1, mostAtOnce)));
                    ByteBuffer in = ByteBuffer.wrap(stream, from, length);
                    reader.read(in);
                    require(!in.hasRemaining(), "bytes were left over");
                    from += length;
                    if (random.nextInt(4) == 0) {
                        reader.flush();
                    }
                }
                reader.flush();
            } catch (BadAnswerException e) {
                told.append("bad ").append(e.reason());
            }
            reader.close();
        }

        @Override
        public void onOpen() {
            throw new AssertionError("a reader opens nothing");
        }

        @Override
        public void onContentStart(AnswerHead head) {
            require(head.length() >= 1 && head.offset() + head.length() <= SIZE, "a range outside the content");
            at = head.offset();
            end = at + head.length();
            hash = 0;
            told.append("start ").append(at).append(' ').append(end).append('\n');
        }

        @Override
        public void onActivity() {
            // How often bytes come is not part of the story.
        }

        @Override
        public void onContent(Block block) {
            ByteBuffer bytes = block.buffer().flip();
            require(block.offset() == at && bytes.hasRemaining(), "not in order");
            at += bytes.remaining();
            require(at <= end, "more than was announced");
            while (bytes.hasRemaining()) {
                hash = hash * 31 + bytes.get();
            }
            blocks.give(block);
        }

        @Override
        public void onContentEnd() {
            require(at == end, "ended too early");
            told.append("end ").append(hash).append('\n');
        }

        @Override
        public void onManifest(AnswerHead head, ByteBuffer bytes) {
            require(bytes.remaining() == head.length() && head.length() <= Manifest.maxLength(SIZE), "a wrong length");
            told.append("manifest ").append(bytes.hashCode()).append('\n');
        }

        @Override
        public void onHave(AnswerHead head, ByteBuffer bytes) {
            int most = PieceSet.haveLength(new Geometry(SIZE).pieceCount());
            require(bytes.remaining() == head.length() && head.length() <= most, "a wrong length");
            told.append("have ").append(bytes.hashCode()).append('\n');
        }

        @Override
        public void onRefused(RangeKind kind, Pdu.Failed refusal) {
            told.append("refused ").append(kind).append(refusal.code()).append('\n');
        }

        @Override
        public void onLost(DropReason reason, String detail) {
            throw new AssertionError("a reader has no connection to lose");
        }
    }
}
