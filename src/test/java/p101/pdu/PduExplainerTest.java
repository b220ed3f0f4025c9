package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.PeerName;

/** All bytes are explained, whatever they are; what is wrong is named with its place. */
class PduExplainerTest {
    @ParameterizedTest
    @EnumSource
    void theRowsOfAPduAreAllItsBytesInOrder(PduType type) {
        RandomPdus pdus = new RandomPdus(5);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = encoded(pdus.next(type));
            PduExplainer.Explanation explanation = PduExplainer.explain(type.channel(), bytes);
            assertThat(explanation.type()).contains(type);
            assertThat(explanation.problem()).isEmpty();
            assertThat(hexOf(explanation)).isEqualTo(java.util.HexFormat.of().formatHex(bytes));
            assertThat(explanation.rows())
                    .allSatisfy(row -> assertThat(row.meaning()).isNotBlank());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChannelIsGuessed(PduType type) {
        RandomPdus pdus = new RandomPdus(6);
        for (int round = 0; round < 100; round++) {
            Pdu pdu = pdus.next(type);
            boolean looksLikeTcp = pdu instanceof Pdu.Refused e && e.tx() == 0 && e.cookie() == 0 && e.ownerKey() == 0;
            if (!looksLikeTcp) {
                assertThat(PduExplainer.guessChannel(encoded(pdu))).isEqualTo(type.channel());
            }
        }
    }

    @Test
    void aFieldIsGivenWithOffsetNameAndMeaning() {
        PduExplainer.Explanation explanation = PduExplainer.explain(register());
        assertThat(explanation.rows())
                .contains(
                        new PduExplainer.Row(2, 4, "65000000", "tx", "1694498816 (2023-09-12T06:06:56Z)"),
                        new PduExplainer.Row(6, 4, "00000000", "cookie", "none"),
                        new PduExplainer.Row(18, 1, "05", "row flags", "partial+not-fetchable"),
                        new PduExplainer.Row(19, 2, "177a", "TCP port", "6010"),
                        new PduExplainer.Row(35, 16, "616c6963650000000000000000000000", "peer", "\"alice\""));
    }

    @Test
    void aWrongFieldIsNamedWithItsPlace() {
        byte[] bytes = register();
        bytes[52] = '/';
        assertThat(PduExplainer.explain(bytes).problem())
                .contains(new PduExplainer.Problem(PduReason.NAME, 51, 50, "file: a name may not hold '/'"));
        bytes = register();
        bytes[19] = 0;
        bytes[20] = 0;
        assertThat(PduExplainer.explain(bytes).problem())
                .contains(new PduExplainer.Problem(PduReason.NUMBER, 19, 2, "TCP port: it may not be 0"));
    }

    @Test
    void bytesOfAnyLengthAreExplained() {
        for (int length = 0; length <= 202; length++) {
            byte[] bytes = Arrays.copyOf(register(), length);
            PduExplainer.Explanation explanation = PduExplainer.explain(bytes);
            assertThat(hexOf(explanation)).hasSize(2 * length);
            if (length != 101) {
                PduExplainer.Problem problem = explanation.problem().orElseThrow();
                assertThat(problem.reason()).isEqualTo(PduReason.LENGTH);
                assertThat(problem.message()).isEqualTo("a PDU has 101 bytes, here are " + length);
            }
        }
        List<PduExplainer.Row> cut =
                PduExplainer.explain(Arrays.copyOf(register(), 40)).rows();
        assertThat(cut.get(cut.size() - 1).meaning()).isEqualTo("cut off: 16 bytes belong here");
    }

    @Test
    void anyBytesAtAllAreExplained() {
        p101.model.Randomness random = p101.model.Randomness.seeded(9);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[101];
            random.fill(bytes);
            bytes[0] = (byte) "RTSOAEDCX".charAt(random.below(9));
            for (Channel channel : Channel.values()) {
                PduExplainer.Explanation explanation = PduExplainer.explain(channel, bytes);
                assertThat(hexOf(explanation)).hasSize(202);
                explanation.rows().forEach(row -> assertThat(row.meaning()).doesNotContainPattern("\\p{Cc}"));
            }
        }
    }

    private static String hexOf(PduExplainer.Explanation explanation) {
        StringBuilder hex = new StringBuilder();
        explanation.rows().forEach(row -> {
            assertThat(row.offset()).isEqualTo(hex.length() / 2);
            hex.append(row.hex());
        });
        return hex.toString();
    }

    private static byte[] register() {
        return encoded(new Pdu.Register(
                0x65000000,
                0,
                99,
                RowFlags.PARTIAL | RowFlags.NOT_FETCHABLE,
                6010,
                3,
                new ContentId(5),
                new PeerName("alice"),
                new FileName("song")));
    }

    private static byte[] encoded(Pdu pdu) {
        byte[] bytes = new byte[PduLayout.PDU_BYTES];
        PduCodec.encode(pdu, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
