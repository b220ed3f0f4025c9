package p101.pdu;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.util.Arrays;
import p101.model.ContentId;
import p101.model.FileName;
import p101.model.InvalidNameException;
import p101.model.PeerName;
import p101.model.Root;

/** Any bytes are a PDU or have a reason; any values are encoded as they are or refused. */
class PduCodecFuzzTest {
    /** The first byte chooses the channel, the others are what came. */
    @FuzzTest
    void raw(byte[] data) {
        if (data == null || data.length == 0) {
            return;
        }
        Channel channel = Channel.values()[(data[0] & 0xFF) % 3];
        byte[] bytes = Arrays.copyOfRange(data, 1, data.length);
        checkExplanation(channel, bytes);
        try {
            Pdu pdu = PduCodec.decode(channel, ByteBuffer.wrap(bytes));
            checkComesBack(pdu);
        } catch (PduException e) {
            require(e.reason() != PduReason.LENGTH || bytes.length != PduLayout.PDU_BYTES, "a wrong reason");
        }
    }

    @FuzzTest
    void typed(
            byte kind,
            int tx,
            int cookie,
            long key,
            int flags,
            int port,
            long number,
            long bits,
            @NotNull String a,
            @NotNull String b) {
        try {
            checkComesBack(pdu(kind & 0xFF, tx, cookie, key, flags, port, number, bits, a, b));
        } catch (InvalidNameException e) {
            require(!e.getMessage().isBlank(), "a name is refused without a word");
        } catch (IllegalArgumentException e) {
            require(!e.getMessage().isBlank(), "a value is refused without a word");
        }
    }

    private static Pdu pdu(
            int kind, int tx, int cookie, long key, int flags, int port, long number, long bits, String a, String b) {
        ContentId content = new ContentId(bits);
        return switch (PduType.values()[kind % PduType.values().length]) {
            case REGISTER ->
                new Pdu.Register(tx, cookie, key, flags, port, number, content, new PeerName(a), new FileName(b));
            case DEREGISTER ->
                new Pdu.Deregister(tx, cookie, key, flags, port, number, content, new PeerName(a), new FileName(b));
            case SEARCH -> new Pdu.Search(tx, cookie, flags > 0, number, content, new PeerName(a), new FileName(b));
            case LIST -> new Pdu.ListRequest(tx, cookie, flags, number, a);
            case FOUND -> new Pdu.Found(tx, cookie, number, flags, port, key, content, new PeerName(a), address(bits));
            case ENTRY ->
                new Pdu.Entry(
                        tx, cookie, port, number, flags, flags, port, key, content, new PeerName(a), new FileName(b));
            case ACCEPTED -> new Pdu.Accepted(tx, cookie, key, port, flags, tx, cookie, a);
            case REFUSED -> new Pdu.Refused(tx, cookie, key, code(flags), cookie, port, a);
            case DOWNLOAD ->
                new Pdu.Download(kindOf(flags), number, bits, new Root(key, bits, number, tx), new FileName(a));
            case RANGE ->
                new Pdu.Range(kindOf(flags), tx > 0, number, bits, new Root(key, bits, number, tx), key, port);
            case CONTENT -> new Pdu.Block(Arrays.copyOf(a.getBytes(java.nio.charset.StandardCharsets.UTF_8), 100));
            case FAILED -> new Pdu.Failed(code(flags), port, a);
        };
    }

    private static void checkComesBack(Pdu pdu) {
        byte[] bytes = new byte[PduLayout.PDU_BYTES];
        PduCodec.encode(pdu, ByteBuffer.wrap(bytes));
        try {
            Pdu back = PduCodec.decode(pdu.type().channel(), ByteBuffer.wrap(bytes));
            require(back.equals(withWholeCharacters(pdu)), pdu + " came back as " + back);
        } catch (PduException e) {
            throw new AssertionError(pdu + " was encoded, but is refused: " + e.getMessage(), e);
        }
        String line = PduLog.line(PduLog.Direction.SENT, new p101.model.Endpoint(address(1), 1), pdu);
        require(line.chars().noneMatch(c -> c < 0x20 || c == 0x7F), "a raw control character in a line");
        checkExplanation(pdu.type().channel(), bytes);
    }

    /** Texts for people may hold half a character, which is sent as a question mark; names never do. */
    private static Pdu withWholeCharacters(Pdu pdu) {
        if (pdu instanceof Pdu.ListRequest o) {
            return new Pdu.ListRequest(o.tx(), o.cookie(), o.limit(), o.afterId(), whole(o.filter()));
        }
        if (pdu instanceof Pdu.Accepted a) {
            return new Pdu.Accepted(
                    a.tx(),
                    a.cookie(),
                    a.ownerKey(),
                    a.leaseSeconds(),
                    a.newestTx(),
                    a.heldRows(),
                    a.txSum(),
                    whole(a.text()));
        }
        if (pdu instanceof Pdu.Refused e) {
            return new Pdu.Refused(
                    e.tx(), e.cookie(), e.ownerKey(), e.code(), e.newestTx(), e.retryAfterSeconds(), whole(e.text()));
        }
        return pdu instanceof Pdu.Failed e ? new Pdu.Failed(e.code(), e.retryAfterSeconds(), whole(e.text())) : pdu;
    }

    private static String whole(String text) {
        java.nio.charset.Charset utf8 = java.nio.charset.StandardCharsets.UTF_8;
        return new String(text.getBytes(utf8), utf8);
    }

    private static void checkExplanation(Channel channel, byte[] bytes) {
        PduExplainer.Explanation explanation = PduExplainer.explain(channel, bytes);
        int end = 0;
        for (PduExplainer.Row row : explanation.rows()) {
            require(row.offset() == end, "rows that do not follow one another");
            require(row.meaning().chars().noneMatch(c -> c < 0x20 || c == 0x7F), "a raw control character");
            end += row.length();
        }
        require(end == bytes.length, "bytes without a row");
    }

    private static java.net.InetAddress address(long bits) {
        try {
            byte[] bytes = ByteBuffer.allocate(16).putLong(bits).putLong(~bits).array();
            return java.net.InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static ErrorCode code(int number) {
        return ErrorCode.values()[Math.floorMod(number, ErrorCode.values().length)];
    }

    private static RangeKind kindOf(int number) {
        return RangeKind.values()[Math.floorMod(number, RangeKind.values().length)];
    }
}
