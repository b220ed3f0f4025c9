package p101.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import p101.library.FileChangedException;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.PduFramer;
import p101.pdu.PduLayout;
import p101.pdu.PduType;

/**
 * The answer to one D as a string of wire bytes: an A and its C, perhaps cut short by an E, or an E alone. It holds no bytes;
 * whatever part is needed is made from the payload, again if need be. Positions count wire bytes from the A's first.
 */
final class Answer {
    private static final int FRAME = PduLayout.PDU_BYTES;

    /** What a client is advised to wait when the file cannot be read just now. */
    private static final int UNREADABLE_RETRY_SECONDS = 5;

    private final Pdu.Range head;
    private final Payload payload;
    private Pdu.Failed failure;
    private long failurePosition;
    private long sent;

    private Answer(Pdu.Range headOrNull, Payload payloadOrNull, Pdu.Failed failureOrNull) {
        this.head = headOrNull;
        this.payload = payloadOrNull;
        this.failure = failureOrNull;
    }

    /** An A, and the part of the payload that it names. */
    static Answer of(Pdu.Range head, Payload payload) {
        return new Answer(head, payload, null);
    }

    /** An E alone. */
    static Answer refusal(Pdu.Failed failure) {
        return new Answer(null, null, failure);
    }

    /** What reading a payload failed with, as an E. */
    static Pdu.Failed failureOf(IOException e) {
        if (e instanceof FileChangedException) {
            return new Pdu.Failed(ErrorCode.CHANGED, 0, "the file has changed");
        }
        return new Pdu.Failed(ErrorCode.BUSY, UNREADABLE_RETRY_SECONDS, "the file cannot be read just now");
    }

    /** Wire bytes of the whole answer, as far as is known now: a failure makes it shorter. */
    long wireLength() {
        return failure != null ? failurePosition + FRAME : FRAME + PduFramer.wireBytesFor(head.length());
    }

    /** Wire bytes that the socket has taken. */
    long sent() {
        return sent;
    }

    void advance(long bytes) {
        sent += bytes;
    }

    boolean isSent() {
        return sent == wireLength();
    }

    /** The E in it, or {@code null}. */
    Pdu.Failed failure() {
        return failure;
    }

    /**
     * Makes whole frames from a position on: one step of an A, an E, or a block of C.
     *
     * @param position where a frame begins
     * @param wire has room for a frame or more
     * @param block scratch room for payload
     * @return the position after them
     */
    long render(long position, ByteBuffer wire, ByteBuffer block) {
        if (failure != null && position == failurePosition) {
            PduCodec.encode(failure, wire);
            return position + FRAME;
        }
        if (position == 0) {
            PduCodec.encode(head, wire);
            return FRAME;
        }
        long done = (position - FRAME) / FRAME * PduLayout.PAYLOAD_BYTES;
        long fits = wire.remaining() / FRAME * (long) PduLayout.PAYLOAD_BYTES;
        int length = (int) Math.min(Math.min(contentEnd() - done, fits), block.capacity());
        block.clear().limit(length);
        try {
            payload.read(block, head.offset() + done);
        } catch (IOException e) {
            return fail(failureOf(e), position, wire);
        }
        PduFramer.frame(block.flip(), wire);
        return position + PduFramer.wireBytesFor(length);
    }

    /** Payload bytes before the E, or all. */
    private long contentEnd() {
        long framesBeforeFailure = (failurePosition - FRAME) / FRAME;
        return failure == null ? head.length() : Math.min(head.length(), framesBeforeFailure * PduLayout.PAYLOAD_BYTES);
    }

    /**
     * Ends the answer here with an E. If part of the frame here has gone out, the frame is finished with zeros first: so the
     * stream keeps its step, and as the E follows at once, nobody takes those for content.
     */
    private long fail(Pdu.Failed why, long position, ByteBuffer wire) {
        failure = why;
        if (sent <= position) {
            failurePosition = position;
            PduCodec.encode(why, wire);
            return position + FRAME;
        }
        failurePosition = position + FRAME;
        wire.put(PduType.CONTENT.code());
        for (int i = 0; i < PduLayout.PAYLOAD_BYTES; i++) {
            wire.put((byte) 0);
        }
        return failurePosition;
    }
}
