package p101.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import p101.model.FileName;
import p101.model.Labels;
import p101.model.Root;

/** The examples of spec/PDU.md, sections 5, 6 and 14, come out as it says. */
class SpecExamplesTest {
    private static final String SPEC = read();

    @Test
    void theTestValuesOfTheRootAreRight() {
        byte[] million = new byte[1_000_000];
        for (int i = 0; i < million.length; i++) {
            million[i] = (byte) (i % 251);
        }
        Map<String, byte[]> contents = Map.of(
                "nothing", new byte[0],
                "the 3 bytes `abc`", ascii("abc"),
                "16,384 zero bytes", new byte[16_384],
                "16,385 zero bytes", new byte[16_385],
                "49,152 zero bytes (3 leaves)", new byte[49_152],
                "1,000,000 bytes, byte i = i mod 251", million);
        contents.forEach((name, content) -> assertThat(SPEC).contains("| " + name + " | " + rootOf(content) + " |"));
    }

    @Test
    void theSharedFileOfTheExchangesHasTheRootThatTheyCarry() {
        assertThat(SPEC).contains("root `" + rootOf(ascii("hello, p101\n")) + "`");
    }

    @Test
    void theExampleOfALabelIsRight() {
        FileName label = Labels.of(FileName.of("a".repeat(60) + ".txt"));
        assertThat(label.utf8Length()).isEqualTo(50);
        assertThat(SPEC).contains("`" + label + "` (50 bytes)");
    }

    private static Root rootOf(byte[] content) {
        Geometry geometry = new Geometry(content.length);
        ByteBuffer layer = ByteBuffer.allocate(geometry.pieceCount() * Root.BYTES);
        PieceHasher hasher = new PieceHasher();
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            int length = (int) geometry.pieceLength(piece);
            hasher.update(ByteBuffer.wrap(content, (int) geometry.pieceOffset(piece), length));
            hasher.finishPiece(geometry, piece).write(layer, piece * Root.BYTES);
        }
        return Merkle.rootOfLayer(layer.array(), geometry);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String read() {
        try {
            return Files.readString(Path.of("spec", "PDU.md")).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
