package p101.peer;

import java.nio.ByteBuffer;

/** Takes what a client sends to its index. */
@FunctionalInterface
public interface DatagramOut {
    /**
     * Sends one datagram if it can. A failure is like a loss: the client's timers deal with it, so nothing is thrown.
     *
     * @param datagram 101 bytes between position and limit, valid during the call only
     */
    void send(ByteBuffer datagram);
}
