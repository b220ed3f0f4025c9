package p101.pdu;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** However a stream is cut, the frames that come out are the same, and no byte is lost or made. */
class PduDeframerFuzzTest {
    private static final int MAX_BYTES = 1 << 16;

    /** A stream of any bytes, in reads whose size the first byte tells. */
    @FuzzTest
    void raw(byte[] data) {
        if (data == null || data.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        byte[] whole = frames(stream, Math.max(1, stream.length));
        byte[] cut = frames(stream, 1 + (data[0] & 0xFF));
        int kept = stream.length - stream.length % PduLayout.PDU_BYTES;
        require(Arrays.equals(whole, Arrays.copyOf(stream, kept)), "frames changed");
        require(Arrays.equals(whole, cut), "the cuts changed the frames");
    }

    /** Content, framed, cut and deframed, with a PDU of another type after it. */
    @FuzzTest
    void typed(byte @NotNull [] content, int cut, int blockBytes, short wanted) throws PduException {
        byte[] sent = Arrays.copyOf(content, Math.min(content.length, MAX_BYTES));
        ByteBuffer wire = ByteBuffer.allocate((int) PduFramer.wireBytesFor(sent.length) + PduLayout.PDU_BYTES);
        PduFramer.frame(ByteBuffer.wrap(sent), wire);
        PduCodec.encode(new Pdu.Failed(ErrorCode.CHANGED, 0, ""), wire);
        wire.flip();
        PduDeframer deframer = new PduDeframer();
        ByteBuffer block = ByteBuffer.allocate(PduLayout.PAYLOAD_BYTES + Math.floorMod(blockBytes, 1_000));
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        long left = Math.min(Short.toUnsignedInt(wanted), sent.length);
        Pdu other = null;
        int step = 1 + Math.floorMod(cut, 1_000);
        while (wire.hasRemaining() && other == null && left > 0) {
            ByteBuffer in = wire.slice(wire.position(), Math.min(step, wire.remaining()));
            PduDeframer.Stop stop = PduDeframer.Stop.BLOCK_FULL;
            while (stop == PduDeframer.Stop.BLOCK_FULL) {
                stop = deframer.readContent(in, block, left);
                left -= block.position();
                received.write(block.array(), 0, block.position());
                block.clear();
            }
            other = stop == PduDeframer.Stop.OTHER_TYPE ? PduCodec.decode(Channel.TCP, deframer.nextPdu(in)) : null;
            wire.position(wire.position() + in.position());
        }
        int expected = Math.min(Short.toUnsignedInt(wanted), sent.length);
        require(Arrays.equals(received.toByteArray(), Arrays.copyOf(sent, expected)), "content changed");
        require(left == 0 && other == null, "content is missing");
    }

    private static byte[] frames(byte[] stream, int cut) {
        PduDeframer deframer = new PduDeframer();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int at = 0; at < stream.length; at += cut) {
            ByteBuffer in = ByteBuffer.wrap(stream, at, Math.min(cut, stream.length - at));
            ByteBuffer frame = deframer.nextPdu(in);
            while (frame != null) {
                byte[] bytes = new byte[frame.remaining()];
                frame.get(bytes);
                frames.writeBytes(bytes);
                frame = deframer.nextPdu(in);
            }
            require(!in.hasRemaining(), "input is left over");
        }
        require(deframer.pendingBytes() == stream.length % PduLayout.PDU_BYTES, "a wrong count of pending bytes");
        return frames.toByteArray();
    }
}
