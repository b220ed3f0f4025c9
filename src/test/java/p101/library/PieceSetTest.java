package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PieceSetTest {
    @Test
    void aHaveHasTheMostSignificantBitFirst() throws InvalidHaveException {
        PieceSet pieces = PieceSet.empty(10);
        pieces.add(0);
        pieces.add(7);
        pieces.add(9);
        byte[] have = pieces.toHaveBytes();
        assertThat(have).containsExactly(0x81, 0x40);
        assertThat(PieceSet.fromHave(ByteBuffer.wrap(have), 10).toHaveBytes()).isEqualTo(have);
    }

    @Test
    void agreesWithABitSet() throws InvalidHaveException {
        SplittableRandom random = new SplittableRandom(11);
        for (int count : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 1_000, Geometry.MAX_PIECES}) {
            PieceSet pieces = PieceSet.empty(count);
            BitSet model = new BitSet();
            for (int i = 0; i < count; i++) {
                int piece = random.nextInt(count);
                assertThat(pieces.add(piece)).isEqualTo(!model.get(piece));
                model.set(piece);
            }
            assertThat(pieces.count()).isEqualTo(model.cardinality());
            PieceSet read = PieceSet.fromHave(ByteBuffer.wrap(pieces.toHaveBytes()), count);
            for (int piece = 0; piece < count; piece++) {
                assertThat(read.has(piece)).isEqualTo(model.get(piece));
                assertThat(pieces.nextMissing(piece)).isEqualTo(Math.min(count, model.nextClearBit(piece)));
                int held = model.nextSetBit(piece);
                assertThat(pieces.nextHeld(piece)).isEqualTo(held < 0 ? count : held);
            }
        }
    }

    @Test
    void aWrongHaveIsRefused() {
        assertThatThrownBy(() -> PieceSet.fromHave(ByteBuffer.wrap(new byte[2]), 8))
                .isInstanceOf(InvalidHaveException.class);
        assertThatThrownBy(() -> PieceSet.fromHave(ByteBuffer.wrap(new byte[0]), 8))
                .isInstanceOf(InvalidHaveException.class);
        assertThatThrownBy(() -> PieceSet.fromHave(ByteBuffer.wrap(new byte[] {0, 0x20}), 10))
                .isInstanceOf(InvalidHaveException.class);
    }

    @Test
    void allPiecesFromTheStart() {
        PieceSet pieces = PieceSet.complete(10);
        assertThat(pieces.isComplete()).isTrue();
        assertThat(pieces.add(3)).isFalse();
        assertThat(pieces.toHaveBytes()).containsExactly(0xFF, 0xC0);
        assertThat(PieceSet.empty(0).isComplete()).isTrue();
        assertThatThrownBy(() -> pieces.has(10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PieceSet.empty(Geometry.MAX_PIECES + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
