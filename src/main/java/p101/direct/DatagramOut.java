package p101.direct;

import java.nio.ByteBuffer;

/** Where a sender's datagrams go. */
interface DatagramOut {
    /** Sends from position to limit; false when there is no room now. What is taken may be lost all the same. */
    boolean send(ByteBuffer datagram);
}
