package p101.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {
    private static final String STREAM = "GET a\r\n\r\nb\rc\n\nlast\r\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void givesTheSameLinesWhateverPiecesTheyComeIn(int pieceBytes) throws LineTooLongException {
        LineFramer framer = new LineFramer(6);
        List<String> lines = new ArrayList<>();
        byte[] stream = STREAM.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < stream.length; at += pieceBytes) {
            ByteBuffer piece = ByteBuffer.wrap(stream, at, Math.min(pieceBytes, stream.length - at));
            for (byte[] line = framer.next(piece); line != null; line = framer.next(piece)) {
                lines.add(text(line));
            }
            assertThat(piece.hasRemaining()).isFalse();
        }

        assertThat(lines).containsExactly("GET a", "", "b\rc", "", "last\r");
        assertThat(framer.pendingBytes()).isZero();
    }

    @Test
    void saysHowTheLastLineEnded() throws LineTooLongException {
        LineFramer framer = new LineFramer(10);
        ByteBuffer in = bytes("a\r\nb\n");

        framer.next(in);
        assertThat(framer.lastLineEndedInCrlf()).isTrue();
        framer.next(in);
        assertThat(framer.lastLineEndedInCrlf()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678\n", "12345678\r\n"})
    void takesALineOfExactlyTheLimit(String line) throws LineTooLongException {
        assertThat(text(new LineFramer(8).next(bytes(line)))).isEqualTo("12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789\n", "123456789\r\n", "1234567890", "12345678\r\r"})
    void refusesALineOfOneByteMore(String line) {
        assertThatThrownBy(() -> new LineFramer(8).next(bytes(line))).isInstanceOf(LineTooLongException.class);
    }

    @Test
    void refusesAnEndlessLineThatTricklesIn() throws LineTooLongException {
        LineFramer framer = new LineFramer(8);
        for (int i = 0; i < 9; i++) {
            assertThat(framer.next(bytes("x"))).isNull();
        }
        assertThatThrownBy(() -> framer.next(bytes("x"))).isInstanceOf(LineTooLongException.class);
    }

    @Test
    void givesTheUnfinishedLineOfAStreamThatEnds() throws LineTooLongException {
        LineFramer framer = new LineFramer(8);
        assertThat(framer.next(bytes("LIST"))).isNull();

        assertThat(framer.pendingBytes()).isEqualTo(4);
        assertThat(text(framer.takePending())).isEqualTo("LIST");
        assertThat(framer.pendingBytes()).isZero();
        assertThat(text(framer.next(bytes("x\n")))).isEqualTo("x");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
