package p101.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;

/** One line a PDU, nothing raw and nothing secret in it. */
class PduLogTest {
    private static final Endpoint REMOTE = remote();
    private static final int COOKIE = 0x5EC4E7AA;
    private static final long KEY = 0x0BADCAFE12345678L;

    @Test
    void aLineSaysDirectionEndpointTypeAndFields() {
        Pdu pdu = new Pdu.Register(
                -1, COOKIE, KEY, 1, 6010, 42, new ContentId(0xAB), new PeerName("alice"), new FileName("song"));
        assertThat(PduLog.line(PduLog.Direction.RECEIVED, REMOTE, pdu))
                .isEqualTo("<< 127.0.0.1:5001  R  tx=4294967295 cookie=yes peer=\"alice\" file=\"song\" port=6010"
                        + " size=42 content=00000000000000ab row=partial");
        Pdu failed = new Pdu.Failed(ErrorCode.CHANGED, 3, "it changed");
        assertThat(PduLog.line(PduLog.Direction.SENT, REMOTE, failed))
                .isEqualTo(">> 127.0.0.1:5001  E  code=CHANGED retry=3 text=\"it changed\"");
    }

    @Test
    void keysAndCookiesAreNeverInALine() {
        PeerName alice = new PeerName("alice");
        Pdu[] pdus = {
            new Pdu.Register(1, COOKIE, KEY, 0, 1, 0, ContentId.NONE, alice, FileName.NONE),
            new Pdu.Deregister(1, COOKIE, KEY, 0, 1, 0, ContentId.NONE, alice, FileName.NONE),
            new Pdu.ListRequest(1, COOKIE, 0, 0, ""),
            new Pdu.Accepted(1, COOKIE, KEY, 60, 1, 1, 1, ""),
            new Pdu.Refused(1, COOKIE, KEY, ErrorCode.COOKIE, 1, 1, "")
        };
        for (Pdu pdu : pdus) {
            assertThat(PduLog.line(PduLog.Direction.SENT, REMOTE, pdu))
                    .contains("cookie=yes")
                    .doesNotContainIgnoringCase(Integer.toHexString(COOKIE))
                    .doesNotContain(Integer.toUnsignedString(COOKIE))
                    .doesNotContainIgnoringCase(Long.toHexString(KEY))
                    .doesNotContain(Long.toString(KEY));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeHasALine(PduType type) {
        RandomPdus pdus = new RandomPdus(3);
        for (int round = 0; round < 200; round++) {
            assertThat(PduLog.line(PduLog.Direction.RECEIVED, REMOTE, pdus.next(type)))
                    .startsWith("<< 127.0.0.1:5001  " + (char) type.code() + " ")
                    .contains("=")
                    .doesNotContain("\n");
        }
    }

    @Test
    void hostileTextIsShownByItsNumbers() {
        Pdu pdu = new Pdu.ListRequest(1, 0, 0, 0, "\u001b[2J\n\u202e");
        assertThat(PduLog.line(PduLog.Direction.RECEIVED, REMOTE, pdu))
                .endsWith("filter=\"\\u{1b}[2J\\u{a}\\u{202e}\"");
    }

    @Test
    void bytesThatAreNoPduHaveALineToo() {
        try {
            PduCodec.decode(Channel.TO_INDEX, ByteBuffer.allocate(5));
        } catch (PduException e) {
            assertThat(PduLog.malformed(PduLog.Direction.RECEIVED, REMOTE, e))
                    .isEqualTo("<< 127.0.0.1:5001  ?  reason=LENGTH a PDU has 101 bytes");
            return;
        }
        throw new AssertionError("5 bytes were taken for a PDU");
    }

    private static Endpoint remote() {
        try {
            return new Endpoint(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 5001);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
