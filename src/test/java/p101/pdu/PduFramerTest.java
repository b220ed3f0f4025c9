package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.Randomness;

/** Content becomes frames and comes back the same, however the bytes are cut on their way. */
class PduFramerTest {
    private static final int[] LENGTHS = {0, 1, 99, 100, 101, 199, 200, 16_383, 16_384, 16_385, 40_960};
    private static final byte UNTOUCHED = (byte) 0xA5;

    @Test
    void aBlockIsFramesAndLeavesExactly() {
        assertThat(PduFramer.BLOCK_BYTES % 100).isZero();
        assertThat(PduFramer.BLOCK_BYTES % 16_384).isZero();
        assertThat(PduFramer.BLOCK_WIRE_BYTES).isEqualTo(413_696);
        assertThat(PduFramer.wireBytesFor(PduFramer.BLOCK_BYTES)).isEqualTo(PduFramer.BLOCK_WIRE_BYTES);
        assertThat(PduFramer.framesFor((1L << 48) - 1)).isEqualTo(2_814_749_767_107L);
    }

    @Test
    void framesHaveTheirTypeAndTheLastIsPadded() {
        ByteBuffer wire = frames(new byte[] {1, 2, 3});
        byte[] expected = new byte[101];
        expected[0] = 'C';
        expected[1] = 1;
        expected[2] = 2;
        expected[3] = 3;
        assertThat(Arrays.copyOf(wire.array(), wire.limit())).isEqualTo(expected);
    }

    @Test
    void nothingIsWrittenWhenTheFramesDoNotFit() {
        ByteBuffer payload = ByteBuffer.wrap(content(101));
        ByteBuffer wire = ByteBuffer.allocate(201);
        assertThatThrownBy(() -> PduFramer.frame(payload, wire)).isInstanceOf(BufferOverflowException.class);
        assertThat(payload.position()).isZero();
        assertThat(wire.position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 99, 100, 101, 102, 203, 4_096, 1_000_000})
    void contentComesBackHoweverItTrickles(int bytesPerRead) {
        for (int length : LENGTHS) {
            byte[] content = content(length);
            Receiver receiver = new Receiver(length, 1_000);
            trickle(frames(content), bytesPerRead, receiver);
            assertThat(receiver.content()).isEqualTo(content);
            assertThat(receiver.pending()).isZero();
        }
    }

    @Test
    void contentComesBackFromReadsAndBlocksOfAnySize() {
        Randomness random = Randomness.seeded(11);
        for (int round = 0; round < 500; round++) {
            byte[] content = content(random.below(5_000));
            Receiver receiver = new Receiver(content.length, 100 + random.below(700));
            ByteBuffer wire = direct(frames(content));
            while (wire.hasRemaining()) {
                int read = Math.min(wire.remaining(), 1 + random.below(400));
                ByteBuffer in = wire.slice(wire.position(), read);
                receiver.onBytes(in);
                assertThat(in.hasRemaining()).isFalse();
                wire.position(wire.position() + read);
            }
            assertThat(receiver.content()).as("round %s", round).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 101, 102, 500})
    void anotherTypeAmongTheContentStopsItAndIsHandedOut(int bytesPerRead) throws PduException {
        ByteBuffer wire = ByteBuffer.allocate(3 * 101);
        PduFramer.frame(ByteBuffer.wrap(content(200)), wire);
        PduCodec.encode(new Pdu.Failed(ErrorCode.CHANGED, 0, "the file changed"), wire);
        Receiver receiver = new Receiver(1_000, 500);
        trickle(wire.flip(), bytesPerRead, receiver);
        assertThat(receiver.content()).isEqualTo(content(200));
        assertThat(receiver.other).isEqualTo(new Pdu.Failed(ErrorCode.CHANGED, 0, "the file changed"));
    }

    @Test
    void headsComeOneByOneAndACutOneIsKnown() throws PduException {
        PduDeframer deframer = new PduDeframer();
        ByteBuffer wire = ByteBuffer.allocate(250);
        PduCodec.encode(new Pdu.Failed(ErrorCode.BUSY, 1, "a"), wire);
        PduCodec.encode(new Pdu.Failed(ErrorCode.LIMIT, 2, "b"), wire);
        wire.limit(240).position(0);
        assertThat(PduCodec.decode(Channel.TCP, deframer.nextPdu(wire)))
                .isEqualTo(new Pdu.Failed(ErrorCode.BUSY, 1, "a"));
        assertThat(PduCodec.decode(Channel.TCP, deframer.nextPdu(wire)))
                .isEqualTo(new Pdu.Failed(ErrorCode.LIMIT, 2, "b"));
        assertThat(deframer.nextPdu(wire)).isNull();
        assertThat(wire.hasRemaining()).isFalse();
        assertThat(deframer.pendingBytes()).isEqualTo(38);
    }

    @Test
    void aBlockWithoutRoomForAFrameTakesNothing() {
        PduDeframer deframer = new PduDeframer();
        ByteBuffer wire = frames(content(150));
        ByteBuffer small = ByteBuffer.allocate(99);
        assertThat(deframer.readContent(wire, small, 150)).isEqualTo(PduDeframer.Stop.BLOCK_FULL);
        assertThat(small.position()).isZero();
        assertThat(wire.position()).isZero();
        ByteBuffer exact = ByteBuffer.allocate(150);
        assertThat(deframer.readContent(wire, exact, 150)).isEqualTo(PduDeframer.Stop.DONE);
        assertThat(exact.array()).isEqualTo(content(150));
    }

    @Test
    void framingLeavesTheBytesAroundItAlone() {
        ByteBuffer wire = ByteBuffer.allocateDirect(400);
        for (int i = 0; i < wire.capacity(); i++) {
            wire.put(i, UNTOUCHED);
        }
        wire.position(50);
        PduFramer.frame(ByteBuffer.wrap(content(150)), wire);
        assertThat(wire.position()).isEqualTo(252);
        assertThat(wire.get(49)).isEqualTo(UNTOUCHED);
        assertThat(wire.get(252)).isEqualTo(UNTOUCHED);
    }

    private static void trickle(ByteBuffer wire, int bytesPerRead, Receiver receiver) {
        while (wire.hasRemaining()) {
            int read = Math.min(bytesPerRead, wire.remaining());
            receiver.onBytes(wire.slice(wire.position(), read));
            wire.position(wire.position() + read);
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + i / 256);
        }
        return content;
    }

    private static ByteBuffer frames(byte[] content) {
        ByteBuffer wire = ByteBuffer.allocate((int) PduFramer.wireBytesFor(content.length));
        PduFramer.frame(ByteBuffer.wrap(content), wire);
        return wire.flip();
    }

    private static ByteBuffer direct(ByteBuffer heap) {
        return ByteBuffer.allocateDirect(heap.remaining()).put(heap).flip();
    }

    /** A downloader in small: collects blocks until all is there or something else comes. */
    private static final class Receiver {
        private final PduDeframer deframer = new PduDeframer();
        private final ByteBuffer content;
        private final ByteBuffer block;
        private Pdu other;

        Receiver(int wanted, int blockBytes) {
            content = ByteBuffer.allocate(wanted);
            block = ByteBuffer.allocate(blockBytes);
        }

        void onBytes(ByteBuffer in) {
            PduDeframer.Stop stop = PduDeframer.Stop.BLOCK_FULL;
            while (stop == PduDeframer.Stop.BLOCK_FULL) {
                stop = deframer.readContent(in, block, content.remaining());
                content.put(block.flip());
                block.clear();
            }
            if (stop == PduDeframer.Stop.OTHER_TYPE) {
                other = decode(deframer.nextPdu(in));
            }
        }

        private static Pdu decode(ByteBuffer pdu) {
            try {
                return PduCodec.decode(Channel.TCP, pdu);
            } catch (PduException e) {
                throw new AssertionError(e);
            }
        }

        byte[] content() {
            return Arrays.copyOf(content.array(), content.position());
        }

        int pending() {
            return deframer.pendingBytes();
        }
    }
}
