package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.Randomness;

/** Every length, every type byte, every channel: a PDU or a reason, never another exception. */
class AllLengthsTest {
    private static final int MAX_LENGTH = 202;
    private static final byte[] FILLS = {0, 1, 'a', 0x7F, (byte) 0x80, (byte) 0x81, (byte) 0xFF};
    private static final int RANDOM_ROUNDS = 4;

    @ParameterizedTest
    @EnumSource
    void bytesAreAPduOrHaveAReason(Channel channel) {
        byte[] bytes = new byte[MAX_LENGTH];
        for (int length = 0; length <= MAX_LENGTH; length++) {
            for (int type = 0; type <= 0xFF; type++) {
                for (byte fill : FILLS) {
                    Arrays.fill(bytes, fill);
                    bytes[0] = (byte) type;
                    isPdu(channel, bytes, length);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesOfEveryTypeAndVersionAreAPduOrHaveAReason(Channel channel) {
        Randomness random = Randomness.seeded(channel.ordinal());
        byte[] bytes = new byte[PduLayout.PDU_BYTES];
        int pdus = 0;
        for (int type = 0; type <= 0xFF; type++) {
            for (int version = 0; version <= 0xFF; version++) {
                for (int round = 0; round < RANDOM_ROUNDS; round++) {
                    random.fill(bytes);
                    zeroSomeOf(bytes, random);
                    bytes[0] = (byte) type;
                    bytes[1] = (byte) version;
                    pdus += isPdu(channel, bytes, bytes.length) ? 1 : 0;
                }
            }
        }
        assertThat(pdus).as("some of them are PDUs, or this would test little").isPositive();
    }

    /** Long texts of random bytes are never UTF-8; short ones and none let the other checks be reached. */
    private static void zeroSomeOf(byte[] bytes, Randomness random) {
        for (int start : new int[] {32, 35, 51}) {
            if (random.below(4) > 0) {
                int end = start == 35 ? 51 : bytes.length;
                Arrays.fill(bytes, start + random.below(4), end, (byte) 0);
            }
        }
    }

    private static boolean isPdu(Channel channel, byte[] bytes, int length) {
        boolean isWrongLength = length != PduLayout.PDU_BYTES;
        try {
            Pdu pdu = PduCodec.decode(channel, ByteBuffer.wrap(bytes, 0, length));
            if (isWrongLength || pdu.type().channel() != channel || pdu.type().code() != bytes[0]) {
                throw new AssertionError(length + " bytes on " + channel + " became " + pdu);
            }
            return true;
        } catch (PduException e) {
            if (isWrongLength != (e.reason() == PduReason.LENGTH)) {
                throw new AssertionError(length + " bytes on " + channel + " were refused for " + e.reason(), e);
            }
            return false;
        }
    }
}
