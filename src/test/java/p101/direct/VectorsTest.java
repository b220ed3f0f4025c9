package p101.direct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of testdata/direct against the codec, both ways; and the tables of spec/DIRECT.md against the code. */
class VectorsTest {
    private static final Path FOLDER = Path.of("testdata", "direct");

    private static List<Path> files(String kind) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> valid() {
        return files("valid");
    }

    static List<Path> malformed() {
        return files("malformed");
    }

    static List<Path> texts() {
        return files("text");
    }

    private static byte[] bytes(Path file) throws IOException {
        StringBuilder hex = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            hex.append(line.replaceFirst("#.*", "").strip());
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String expected(Path file) throws IOException {
        return Files.readAllLines(file).get(0).replace("# expect: ", "");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validOnesAreReadAndWritten(Path file) throws IOException {
        byte[] bytes = bytes(file);
        DirectCodec codec = new DirectCodec();
        DirectDatagram read = codec.read(ByteBuffer.wrap(bytes));
        assertThat(describe(read)).isEqualTo(expected(file));
        ByteBuffer written = codec.write(read, ByteBuffer.allocate(DirectCodec.MAX_DATAGRAM_BYTES));
        assertThat(ByteBuffer.wrap(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedOnesAreDropped(Path file) throws IOException {
        assertThat(new DirectCodec().read(ByteBuffer.wrap(bytes(file)))).isNull();
    }

    @Test
    void anyBitThatFlipsIsNoticed() throws IOException {
        DirectCodec codec = new DirectCodec();
        for (Path file : valid()) {
            byte[] bytes = bytes(file);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(codec.read(ByteBuffer.wrap(bytes))).isNull();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsAreToldApart(Path file) throws IOException {
        byte[] bytes = bytes(file);
        TextReader reader = new TextReader(0);
        for (byte b : bytes) {
            reader.onBytes(ByteBuffer.wrap(new byte[] {b}), 0);
        }
        reader.onEndOfInput();
        IncomingText text = reader.text();
        String told = text == null
                ? "broken"
                : text.marked()
                        ? "marked id=" + Long.toHexString(text.id()) + " sender=" + text.sender() + " text="
                                + text.text()
                        : "published text=" + text.text();
        assertThat(told).isEqualTo(expected(file));
        if (text != null && text.marked()) {
            byte[] content = text.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            byte[] tail = TextMark.tail(content, text.id(), text.sender());
            assertThat(bytes).endsWith(tail).hasSize(1 + content.length + tail.length);
        }
    }

    @Test
    void theSpecHasTheTypesAndReasonsOfTheCode() throws IOException {
        String spec = Files.readString(Path.of("spec", "DIRECT.md"));
        for (DirectType type : DirectType.values()) {
            assertThat(spec).contains("| " + type + " | " + (char) type.code() + " |");
        }
        for (DirectReason reason : DirectReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            assertThat(spec).contains("| " + reason.code() + " | " + name + " |");
        }
    }

    private static String describe(DirectDatagram datagram) {
        String id = " id=" + Long.toHexString(datagram.id());
        if (datagram instanceof DirectDatagram.Offer offer) {
            FileOffer file = offer.file();
            return "OFFER" + id + " token=" + hex(offer.token()) + " chunk=" + offer.chunkBytes() + " size="
                    + file.content().size() + " manifest=" + file.manifestLength() + " modified="
                    + file.modifiedMillis() + " sender=" + file.sender() + " name=" + file.name();
        } else if (datagram instanceof DirectDatagram.Challenge challenge) {
            return "CHALLENGE" + id + " token=" + hex(challenge.token());
        } else if (datagram instanceof DirectDatagram.Wait) {
            return "WAIT" + id;
        } else if (datagram instanceof DirectDatagram.Accept accept) {
            return "ACCEPT" + id + " receiver=" + Long.toHexString(accept.receiverId()) + " chunk="
                    + accept.chunkBytes() + " flight=" + accept.flightBytes() + " limit=" + accept.limit();
        } else if (datagram instanceof DirectDatagram.Refuse refuse) {
            return "REFUSE" + id + " reason=" + refuse.reason();
        } else if (datagram instanceof DirectDatagram.Data data) {
            return "DATA" + id + " number=" + data.number() + " chunk=" + data.chunk() + " content="
                    + hex(data.content());
        } else if (datagram instanceof DirectDatagram.Ack ack) {
            return "ACK" + id + " newest=" + ack.newest() + " delay=" + ack.delayMicros() + " cumulative="
                    + ack.cumulative() + " limit=" + ack.limit() + " bitmap=" + hex(ack.bitmap());
        } else if (datagram instanceof DirectDatagram.Stored stored) {
            return "STORED" + id + " here=" + stored.wasHere();
        } else if (datagram instanceof DirectDatagram.Farewell) {
            return "FAREWELL" + id;
        } else if (datagram instanceof DirectDatagram.Closed) {
            return "CLOSED" + id;
        }
        DirectDatagram.Abort abort = (DirectDatagram.Abort) datagram;
        return "ABORT" + id + " cause=" + Long.toHexString(abort.cause()) + " reason=" + abort.reason();
    }

    private static String hex(long token) {
        return token == 0 ? "0" : HexFormat.of().toHexDigits(token);
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
