package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;

/** What goes in comes out, of heap and direct buffers alike, wherever in the buffer; values that do not fit are refused. */
class PduCodecTest {
    private static final int ROUNDS = 2_000;
    private static final int TEXT_BYTES = 69;

    @ParameterizedTest
    @EnumSource
    void everyPduComesBackAsItWas(PduType type) throws PduException {
        RandomPdus pdus = new RandomPdus(type.ordinal());
        ByteBuffer direct = ByteBuffer.allocateDirect(3 * PduLayout.PDU_BYTES);
        ByteBuffer heap = ByteBuffer.allocate(3 * PduLayout.PDU_BYTES);
        for (int round = 0; round < ROUNDS; round++) {
            Pdu pdu = pdus.next(type);
            ByteBuffer buffer = round % 2 == 0 ? direct : heap;
            int base = round % PduLayout.PDU_BYTES;
            buffer.clear();
            for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (byte) 0xA5);
            }
            buffer.position(base);
            PduCodec.encode(pdu, buffer);
            assertThat(buffer.position()).isEqualTo(base + PduLayout.PDU_BYTES);
            assertThat(buffer.get(buffer.position())).as("the byte after it").isEqualTo((byte) 0xA5);
            buffer.flip().position(base);
            assertThat(PduCodec.decode(type.channel(), buffer)).isEqualTo(pdu);
            assertThat(buffer.position()).isEqualTo(base);
        }
    }

    @Test
    void reservedBytesAndUnknownFlagsAreIgnored() throws PduException {
        for (PduType type : PduType.values()) {
            Pdu pdu = new RandomPdus(7).next(type);
            byte[] bytes = encoded(pdu);
            for (PduField field : PduLayout.of(type)) {
                if (field.isReserved()) {
                    java.util.Arrays.fill(bytes, field.offset(), field.end(), (byte) 0xFF);
                } else if (field.name().endsWith(" flags")) {
                    bytes[field.offset()] |= (byte) 0xF8;
                } else if (field.name().equals("version")) {
                    bytes[field.offset()] |= 0x70;
                }
            }
            assertThat(PduCodec.decode(type.channel(), ByteBuffer.wrap(bytes))).isEqualTo(pdu);
        }
    }

    @Test
    void anEThatCannotBeDecodedStillGivesItsTxAndKeyBack() {
        byte[] bytes = encoded(register(6010, "song"));
        bytes[PduLayout.FILE.offset()] = '/';
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertThatThrownBy(() -> PduCodec.decode(Channel.TO_INDEX, buffer))
                .isInstanceOfSatisfying(
                        PduException.class, e -> assertThat(e.reason()).isEqualTo(PduReason.NAME))
                .hasNoCause();
        assertThat(PduCodec.tx(buffer)).isEqualTo(7);
        assertThat(PduCodec.ownerKey(buffer)).isEqualTo(99);
        bytes[0] = 'S';
        assertThat(PduCodec.ownerKey(buffer)).isZero();
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertRefused(register(0, "song"));
        assertRefused(register(65_536, "song"));
        assertRefused(register(6010, "x".repeat(51)));
        assertRefused(register(6010, "ü".repeat(26)));
        assertRefused(new Pdu.Search(1, 0, false, 1L << 48, ContentId.NONE, PeerName.NONE, FileName.NONE));
        assertRefused(new Pdu.Search(1, 0, false, -1, ContentId.NONE, PeerName.NONE, FileName.NONE));
        assertRefused(new Pdu.ListRequest(1, 0, 256, 0, ""));
        assertRefused(new Pdu.ListRequest(1, 0, 0, 0, "a\0b"));
        assertRefused(new Pdu.Download(RangeKind.CONTENT, 0, 0, Root.NONE, FileName.NONE));
        assertRefused(new Pdu.Download(RangeKind.CONTENT, (1L << 48) - 1, 1, new Root(1, 2, 3, 4), FileName.NONE));
        assertRefused(new Pdu.Range(RangeKind.CONTENT, true, 5, 6, new Root(1, 2, 3, 4), 10, 0));
        assertRefused(new Pdu.Range(RangeKind.HAVE, true, 0, 4097, new Root(1, 2, 3, 4), 10, 0));
        assertRefused(new Pdu.Range(RangeKind.CONTENT, true, 0, 0, Root.NONE, 10, 0));
        assertRefused(new Pdu.Failed(ErrorCode.BUSY, 65_536, ""));
        assertRefused(new Pdu.Failed(ErrorCode.BUSY, 0, "x".repeat(TEXT_BYTES + 1)));
        assertRefused(new Pdu.Block(new byte[99]));
        assertRefused(new Pdu.Entry(
                1, 0, 0, 0, ListFlags.LAST, 0, 0, 1, ContentId.NONE, new PeerName("a"), new FileName("b")));
    }

    @Test
    void buffersThatCannotHoldAPduAreRefused() {
        Pdu pdu = register(6010, "song");
        assertThatThrownBy(() -> PduCodec.encode(pdu, ByteBuffer.allocate(100)))
                .isInstanceOf(BufferOverflowException.class);
        assertThatThrownBy(() -> PduCodec.encode(pdu, ByteBuffer.allocate(101).order(ByteOrder.LITTLE_ENDIAN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextIsCutAtACodePointToWhatFits() {
        assertThat(PduCodec.fitText("x".repeat(200))).isEqualTo("x".repeat(TEXT_BYTES));
        String cut = PduCodec.fitText("x" + "𝄞".repeat(20));
        assertThat(cut).isEqualTo("x" + "𝄞".repeat(17));
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(TEXT_BYTES);
        assertThat(PduCodec.fitText("short")).isEqualTo("short");
        assertThat(PduCodec.fitText("a\0b")).isEqualTo("a");
    }

    private static void assertRefused(Pdu pdu) {
        assertThatThrownBy(() -> encoded(pdu)).as("%s", pdu).isInstanceOf(IllegalArgumentException.class);
    }

    private static Pdu register(int tcpPort, String file) {
        return new Pdu.Register(7, 8, 99, 0, tcpPort, 3, new ContentId(5), new PeerName("alice"), new FileName(file));
    }

    private static byte[] encoded(Pdu pdu) {
        byte[] bytes = new byte[PduLayout.PDU_BYTES];
        PduCodec.encode(pdu, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
