package p101.index;

import java.nio.ByteBuffer;
import p101.model.Endpoint;

/**
 * The rules of the index (spec/PDU.md, section 7) as a function of bytes, source and time over the registry. One instance for
 * each thread; what they share is in {@link IndexContext}.
 */
public final class IndexProtocol {
    private final IndexContext context;

    public IndexProtocol(IndexContext context) {
        this.context = context;
    }

    /**
     * Handles one datagram.
     *
     * @param request what came, between position and limit; kept as it is
     * @param from its source
     * @param to the local address that it was sent to
     * @param nowNanos the monotonic time
     * @param replies gets 0 to 128 answers
     */
    public void handle(ByteBuffer request, Endpoint from, Endpoint to, long nowNanos, Replies replies) {
        context.registry();
    }
}
