package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hand-written packets, both ways. */
class PacketVectorsTest {
    static List<OverlayVector> valid() {
        return OverlayVector.all("valid");
    }

    static List<OverlayVector> malformed() {
        return OverlayVector.all("malformed");
    }

    @Test
    void thereAreVectorsOfAllTypesInBothForms() {
        for (Form form : Form.values()) {
            for (int type = 1; type <= 5; type++) {
                String start = form.name().toLowerCase(Locale.ROOT) + "-" + type + "-";
                assertThat(valid()).anyMatch(vector -> vector.name().startsWith(start));
            }
        }
        assertThat(malformed()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aPacketIsReadAndWritten(OverlayVector vector) throws BadPacketException {
        Packet packet = read(vector.bytes());
        assertThat(packet.form() + " " + kind(packet.body()))
                .isEqualTo(vector.told().get("expect"));
        assertThat(packet.source() == null ? "none" : packet.source().toString())
                .isEqualTo(vector.told().get("source"));
        assertThat(address(packet.body())).isEqualTo(vector.told().get("address"));
        assertThat(path(packet.body())).isEqualTo(vector.told().get("path"));
        assertThat(packet.body() instanceof Body.Message message ? message.text() : null)
                .isEqualTo(vector.told().get("text"));
        byte[] written = PacketCodec.encode(packet);
        if (vector.told().containsKey("not canonical")) {
            assertThat(read(written)).isEqualTo(packet);
        } else {
            assertThat(written).isEqualTo(vector.bytes());
        }
    }

    private static Packet read(byte[] bytes) throws BadPacketException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StreamItem item = new PacketFramer().next(in);
        assertThat(item).isInstanceOf(StreamItem.Framed.class);
        if (in.hasRemaining()) {
            // Of a register response "RES" is enough, and the ACK behind it says nothing.
            assertThat(in.remaining()).isEqualTo(3);
        }
        return PacketCodec.decode((StreamItem.Framed) item);
    }

    private static String kind(Body body) {
        return body.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)([A-Z])", "-$1")
                .toLowerCase(Locale.ROOT);
    }

    private static String address(Body body) {
        if (body instanceof Body.RegisterRequest request) {
            return request.claimed().toString();
        }
        return body instanceof Body.AdvertiseResponse response
                ? response.parent().toString()
                : null;
    }

    private static String path(Body body) {
        List<?> path = body instanceof Body.ReunionRequest request
                ? request.path()
                : body instanceof Body.ReunionResponse response ? response.path() : null;
        return path == null ? null : path.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNoPacketHasAReason(OverlayVector vector) throws BadPacketException {
        String reason = vector.told().get("reason");
        PacketFramer framer = new PacketFramer();
        ByteBuffer in = ByteBuffer.wrap(vector.bytes());
        if (vector.told().get("stage").equals("stream")) {
            assertThatThrownBy(() -> framer.next(in))
                    .isInstanceOf(BadPacketException.class)
                    .hasMessage(reason);
        } else {
            StreamItem.Framed framed = (StreamItem.Framed) framer.next(in);
            assertThat(in.hasRemaining()).isFalse();
            assertThatThrownBy(() -> PacketCodec.decode(framed))
                    .isInstanceOf(BadPacketException.class)
                    .hasMessage(reason);
        }
    }
}
