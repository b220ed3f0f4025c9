package p101.index;

import java.nio.ByteBuffer;
import p101.model.Endpoint;
import p101.pdu.Pdu;
import p101.pdu.PduException;

/** One datagram on its way through the index; the object is used again for the next one. Thread-confined. */
final class Datagram {
    /** What came, between position and limit. */
    final ByteBuffer bytes;

    /** The way back to where it came from. */
    final Replies replies;

    /** Where it came from. */
    Endpoint from;

    /** What it means; null when it is malformed. */
    Pdu.Request request;

    /** Why it is malformed; null when it is not. */
    PduException problem;

    Datagram(ByteBuffer bytes, Replies replies) {
        this.bytes = bytes;
        this.replies = replies;
    }
}
