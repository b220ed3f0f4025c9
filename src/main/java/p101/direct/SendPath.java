package p101.direct;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * The way that a file goes.
 *
 * @param to where the receiver is
 * @param bindOrNull the local address to use
 * @param chunkBytes bytes of content in one datagram; the receiver may want less
 */
public record SendPath(InetSocketAddress to, InetAddress bindOrNull, int chunkBytes) {
    /**
     * What is sensible for a receiver: chunks that every path carries, and large ones when it is on this very machine, since all of its
     * addresses are reached through the loopback interface.
     */
    public static SendPath of(InetSocketAddress to, InetAddress bindOrNull) {
        int chunkBytes = isHere(to.getAddress()) ? DirectLimits.LOOPBACK_CHUNK_BYTES : DirectLimits.SAFE_CHUNK_BYTES;
        return new SendPath(to, bindOrNull, chunkBytes);
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** The same with chunks that every path carries: behind an address of this machine there may be a tunnel or a container. */
    public SendPath safe() {
        return new SendPath(to, bindOrNull, DirectLimits.SAFE_CHUNK_BYTES);
    }
}
