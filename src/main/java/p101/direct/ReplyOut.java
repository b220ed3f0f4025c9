package p101.direct;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Where a receiver's datagrams go. What does not go out is as good as lost on the way. */
interface ReplyOut {
    void send(ByteBuffer datagram, InetSocketAddress to);
}
