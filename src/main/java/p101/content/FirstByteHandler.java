package p101.content;

import java.net.InetSocketAddress;
import p101.loop.ConnectionHandler;

/** Another protocol on the content server's port, told by the first byte of a connection. */
@FunctionalInterface
public interface FirstByteHandler {
    /**
     * Makes the handler of a connection that begins with the byte. It is opened at once and given all bytes, the first one
     * included. Loop thread.
     */
    ConnectionHandler handlerFor(InetSocketAddress remote);
}
