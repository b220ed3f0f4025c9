package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import p101.library.FileChangedException;
import p101.model.Root;
import p101.pdu.Channel;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduException;
import p101.pdu.PduFramer;
import p101.pdu.RangeKind;

/** An answer is the same string of bytes wherever its making begins. */
class AnswerTest {
    private static final int FRAME = 101;
    private static final byte[] BYTES = MemoryFile.pattern(1_234);

    private final BytesPayload payload = new BytesPayload();
    private final ByteBuffer block = ByteBuffer.allocate(300);

    @Test
    void canBeMadeFromAnyFrameOn() {
        byte[] whole = render(answer(), 0, 10_000);
        assertThat(whole).hasSize(FRAME + 13 * FRAME);
        for (int from = 0; from < whole.length; from += FRAME) {
            for (int room : new int[] {FRAME, 2 * FRAME + 7, 10_000}) {
                assertThat(render(answer(), from, room)).isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
            }
        }
    }

    @Test
    void hasTheLengthThatItSaysItHas() {
        Answer answer = answer();
        assertThat(answer.wireLength()).isEqualTo(render(answer, 0, 10_000).length);
        assertThat(Answer.refusal(new Pdu.Failed(ErrorCode.NOT_FOUND, 0, "")).wireLength())
                .isEqualTo(FRAME);
    }

    @Test
    void aFailureTakesThePlaceOfTheNextFrame() throws PduException {
        payload.failsFrom = 650;
        Answer answer = answer();
        byte[] made = render(answer, 0, 10_000);

        // Blocks of 300 bytes: two are made, the third fails.
        assertThat(made).hasSize((1 + 6 + 1) * FRAME);
        assertThat(failureAt(made, 7).code()).isEqualTo(ErrorCode.CHANGED);
        assertThat(answer.wireLength()).isEqualTo(made.length);
        assertThat(answer.failure().code()).isEqualTo(ErrorCode.CHANGED);
    }

    @Test
    void aFailureThatWasMadeStaysWhereItIsWhenItIsMadeAgain() {
        payload.failsFrom = 650;
        Answer answer = answer();
        byte[] first = render(answer, 0, 10_000);
        payload.failsFrom = Integer.MAX_VALUE;

        assertThat(render(answer, 0, 10_000)).as("the file is back").isEqualTo(first);
        assertThat(render(answer, 2 * FRAME, 10_000))
                .as("in blocks that would reach over it")
                .isEqualTo(Arrays.copyOfRange(first, 2 * FRAME, first.length));
    }

    @Test
    void aFailureMayComeEarlierWhenMoreIsLost() {
        payload.failsFrom = 650;
        Answer answer = answer();
        render(answer, 0, 10_000);
        answer.advance(2 * FRAME);
        payload.failsFrom = 0;

        assertThat(render(answer, 2 * FRAME, 10_000)).hasSize(FRAME);
        assertThat(answer.wireLength()).isEqualTo(3 * FRAME);
    }

    @Test
    void aFrameThatIsHalfSentIsFinishedWithZeros() throws PduException {
        Answer answer = answer();
        answer.advance(4 * FRAME + 60);
        payload.failsFrom = 0;
        byte[] made = render(answer, 4 * FRAME, 10_000);

        assertThat(made).hasSize(2 * FRAME);
        assertThat(made[0]).isEqualTo((byte) 'C');
        assertThat(Arrays.copyOfRange(made, 1, FRAME)).containsOnly(0);
        assertThat(failureAt(made, 1).code()).isEqualTo(ErrorCode.CHANGED);
        assertThat(render(answer, 4 * FRAME, 10_000)).as("made again").isEqualTo(made);
    }

    private static Pdu.Failed failureAt(byte[] made, int frame) throws PduException {
        return (Pdu.Failed) PduCodec.decode(
                Channel.TCP, ByteBuffer.wrap(made, frame * FRAME, FRAME).slice());
    }

    private Answer answer() {
        return Answer.of(
                new Pdu.Range(RangeKind.CONTENT, true, 0, BYTES.length, new Root(1, 2, 3, 4), BYTES.length, 0),
                payload);
    }

    /** Renders to the end with so much room for each step. */
    private byte[] render(Answer answer, long from, int room) {
        ByteBuffer all = ByteBuffer.allocate((int) PduFramer.wireBytesFor(BYTES.length) + 3 * FRAME);
        long position = from;
        while (position < answer.wireLength()) {
            ByteBuffer wire = ByteBuffer.allocate(room);
            long next = answer.render(position, wire, block);
            assertThat(next - position).isEqualTo(wire.position()).isPositive();
            position = next;
            all.put(wire.flip());
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static final class BytesPayload implements Payload {
        private int failsFrom = Integer.MAX_VALUE;

        @Override
        public long size() {
            return BYTES.length;
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            if (position + into.remaining() > failsFrom) {
                throw new FileChangedException("changed");
            }
            into.put(BYTES, (int) position, into.remaining());
        }
    }
}
