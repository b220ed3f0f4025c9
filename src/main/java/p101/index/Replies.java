package p101.index;

import java.nio.ByteBuffer;

/** Takes the answers to one datagram, on their way back to where it came from. */
@FunctionalInterface
public interface Replies {
    /**
     * Sends one answer.
     *
     * @param reply 101 bytes between position and limit, to be used before this method returns
     */
    void send(ByteBuffer reply);
}
