package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.Content;

class GeometryTest {
    @ParameterizedTest
    @CsvSource({
        "0, 65536, 0, 0, 0",
        "1, 65536, 1, 1, 0",
        "16384, 65536, 1, 1, 0",
        "16385, 65536, 1, 2, 1",
        "32769, 65536, 1, 3, 2",
        "65536, 65536, 1, 4, 2",
        "65537, 65536, 2, 5, 2",
        "1073741824, 65536, 16384, 65536, 2",
        "2147483648, 65536, 32768, 131072, 2",
        "2147483649, 131072, 16385, 131073, 3",
        "4294967296, 131072, 32768, 262144, 3",
        "1099511627776, 33554432, 32768, 67108864, 11",
        "281474976710655, 8589934592, 32768, 17179869184, 19",
    })
    void theSizeAloneDecides(long size, long pieceBytes, int pieces, long leaves, int levels) {
        Geometry geometry = new Geometry(size);
        assertThat(geometry.pieceBytes()).isEqualTo(pieceBytes);
        assertThat(geometry.pieceCount()).isEqualTo(pieces);
        assertThat(geometry.leafCount()).isEqualTo(leaves);
        assertThat(geometry.pieceLevels()).isEqualTo(levels);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 65_535, 65_536, 65_537, 131_072, 200_000, 2_147_483_649L, (1L << 48) - 1})
    void piecesCoverTheFileWithoutGapOrOverlap(long size) {
        Geometry geometry = new Geometry(size);
        long end = 0;
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            assertThat(geometry.pieceOffset(piece)).isEqualTo(end);
            assertThat(geometry.pieceAt(end)).isEqualTo(piece);
            end += geometry.pieceLength(piece);
            assertThat(geometry.pieceAt(end - 1)).isEqualTo(piece);
        }
        assertThat(end).isEqualTo(size);
    }

    @Test
    void refusesWhatIsOutside() {
        assertThatThrownBy(() -> new Geometry(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Geometry(Content.MAX_SIZE + 1)).isInstanceOf(IllegalArgumentException.class);
        Geometry geometry = new Geometry(65_537);
        assertThatThrownBy(() -> geometry.pieceOffset(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> geometry.pieceLength(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> geometry.pieceAt(65_537)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Geometry(0).pieceOffset(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
