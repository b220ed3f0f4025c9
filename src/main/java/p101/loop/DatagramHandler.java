package p101.loop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a protocol does with the datagrams of one {@link DatagramPort}. Loop thread. */
public interface DatagramHandler {
    /**
     * A datagram came. The buffer is shared: take what is needed now.
     *
     * @param from the sender
     */
    void onDatagram(ByteBuffer datagram, InetSocketAddress from);

    /** The network said (ICMP) that nobody listens at the connected address. Only a hint: anyone can forge it. */
    default void onUnreachable() {}
}
