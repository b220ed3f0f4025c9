package p101.peer;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import p101.model.Shown;

/** Turns what the operating system says about a socket into what a person should know and do. */
final class SocketTrouble {
    /** The JDK has one exception for three troubles; this part of its message is the same on all systems. */
    private static final String IN_USE = "in use";

    private static final String NOT_HERE = "assign";

    private SocketTrouble() {}

    /** The socket to the index cannot be opened or used. */
    static PeerException datagram(InetSocketAddress index, InetAddress bindOrNull, IOException cause) {
        if (bindOrNull != null && cause instanceof BindException) {
            return bind(bindOrNull, cause);
        }
        StringBuilder text = new StringBuilder("the index at ");
        text.append(show(index)).append(" cannot be asked (").append(reason(cause));
        text.append("): check --index and the network");
        return new PeerException(PeerException.Problem.NETWORK, text.toString(), cause);
    }

    /** The content server cannot listen. */
    static PeerException listen(InetSocketAddress local, IOException cause) {
        if (cause instanceof BindException && reason(cause).contains(IN_USE)) {
            StringBuilder text = new StringBuilder("port ");
            text.append(local.getPort())
                    .append(" is in use by another program: choose another port, or 0 for a free one");
            return new PeerException(PeerException.Problem.PORT_IN_USE, text.toString(), cause);
        }
        if (cause instanceof BindException && reason(cause).contains(NOT_HERE)) {
            return bind(local.getAddress(), cause);
        }
        StringBuilder text = new StringBuilder("port ");
        text.append(local.getPort()).append(" cannot be opened (").append(reason(cause));
        text.append("): choose another port, or 0 for a free one");
        return new PeerException(PeerException.Problem.NETWORK, text.toString(), cause);
    }

    private static PeerException bind(InetAddress bind, IOException cause) {
        String text = bind.getHostAddress().concat(" is not an address of this machine: check --bind");
        return new PeerException(PeerException.Problem.BAD_BIND_ADDRESS, text, cause);
    }

    /** {@code 10.0.0.7:60000}, {@code [::1]:60000}. */
    static String show(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        StringBuilder text = new StringBuilder();
        boolean colons = host.indexOf(':') >= 0;
        text.append(colons ? "[" : "").append(host).append(colons ? "]:" : ":").append(address.getPort());
        return text.toString();
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : Shown.text(message);
    }
}
