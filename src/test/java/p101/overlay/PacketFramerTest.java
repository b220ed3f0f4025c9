package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import p101.model.Endpoint;

class PacketFramerTest {
    private static final Endpoint SOURCE = AddressText.endpoint(new byte[] {127, 0, 0, 1}, 5_001);

    private static List<Object> items(byte[] stream) {
        List<Object> whole = PacketStreamFuzzTest.items(stream, new SplittableRandom(1), stream.length + 1);
        for (int most : new int[] {1, 2, 19, 28, 2_048}) {
            assertThat(PacketStreamFuzzTest.items(stream, new SplittableRandom(most), most))
                    .isEqualTo(whole);
        }
        return whole;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void everyLengthOfBodyUpToSeveralPiecesAndTheLongest() {
        for (Form form : Form.values()) {
            for (int length = 0; length < 6_200; length += length < 100 ? 1 : 61) {
                checkLength(form, length);
            }
            checkLength(form, PacketCodec.MAX_BODY_BYTES);
        }
    }

    private static void checkLength(Form form, int length) {
        Packet packet = new Packet(form, SOURCE, Body.Message.of("x".repeat(length)));
        byte[] bytes = PacketCodec.encode(packet);
        assertThat(bytes).hasSize(form.headerBytes() + length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        PacketFramer framer = new PacketFramer();
        try {
            in.limit(bytes.length - 1);
            assertThat(framer.next(in)).isNull();
            in.limit(bytes.length);
            assertThat(PacketCodec.decode((StreamItem.Framed) framer.next(in))).isEqualTo(packet);
            assertThat(framer.pendingBytes()).isZero();
        } catch (BadPacketException e) {
            throw new AssertionError("length " + length, e);
        }
    }

    @Test
    void oneByteMoreThanTheLongestIsRefusedBeforeItComes() {
        byte[] prefix = {0, 1, 0, 4, 0, 1, (byte) 0x86, (byte) 0xA0};
        assertThat(items(prefix)).containsExactly("broken: a body of more than 99999 bytes");
    }

    @Test
    void acksAndPacketsOfBothFormsMayFollowEachOther() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Packet one = new Packet(Form.ASCII, SOURCE, new Body.Join());
        Packet two = new Packet(Form.BINARY, SOURCE, Body.Message.of("ACK"));
        stream.writeBytes(PacketCodec.ACK);
        stream.writeBytes(PacketCodec.encode(one));
        stream.writeBytes(PacketCodec.encode(two));
        stream.writeBytes(PacketCodec.ACK);
        stream.writeBytes(PacketCodec.ACK);
        StreamItem ack = new StreamItem.Ack();
        assertThat(items(stream.toByteArray())).containsExactly(ack, one, two, ack, ack);
    }

    @Test
    void aShortRegisterResponseIsWholeAtOnceAndItsAckMayStillCome() {
        String source = "127.000.000.00107735";
        Packet response = new Packet(
                Form.ASCII, AddressText.endpoint(new byte[] {127, 0, 0, 1}, 7_735), new Body.RegisterResponse());
        byte[] alone = ascii("10100006" + source + "RES");
        assertThat(items(alone)).containsExactly(response);
        byte[] twice = ascii("10100006" + source + "RES" + "10100006" + source + "RESACK" + "ACK");
        assertThat(items(twice)).containsExactly(response, response, new StreamItem.Ack());
    }

    @Test
    void aHeaderThatPromisesMuchCostsNothing() throws BadPacketException {
        PacketFramer framer = new PacketFramer();
        framer.next(ByteBuffer.wrap(ascii("10499999" + "127.000.000.00105001" + "x")));
        assertThat(framer.pendingBytes()).isEqualTo(29);
    }
}
