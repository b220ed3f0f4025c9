package p101.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import p101.control.ControlException.Problem;
import p101.model.Shown;

/** Paths of control sockets, and connecting to them. */
final class ControlSocket {
    /** Longest path in bytes that every platform takes: 104 on macOS with the final NUL, 108 on Linux. */
    static final int MAX_PATH_BYTES = 103;

    private ControlSocket() {}

    static UnixDomainSocketAddress address(Path socket) throws ControlException {
        Path absolute = socket.toAbsolutePath().normalize();
        int bytes = absolute.toString().getBytes(Charset.defaultCharset()).length;
        if (bytes > MAX_PATH_BYTES) {
            throw new ControlException(
                    Problem.PATH_TOO_LONG,
                    "the path of the control socket has " + bytes + " bytes, the system allows " + MAX_PATH_BYTES
                            + ": choose a shorter --home",
                    null);
        }
        return UnixDomainSocketAddress.of(absolute);
    }

    /**
     * Connects to whoever listens.
     *
     * @throws ControlException with {@link Problem#NOBODY} when there is nobody
     */
    static SocketChannel connect(Path socket) throws ControlException {
        UnixDomainSocketAddress address = address(socket);
        if (!Files.exists(socket)) {
            throw nobody(socket, null);
        }
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(address);
            return channel;
        } catch (ConnectException refused) {
            closeQuietly(channel);
            throw nobody(socket, refused);
        } catch (SocketException gone) {
            closeQuietly(channel);
            throw Files.exists(socket) ? system(socket, gone) : nobody(socket, gone);
        } catch (IOException | UnsupportedOperationException other) {
            closeQuietly(channel);
            throw system(socket, other);
        }
    }

    private static ControlException nobody(Path socket, Throwable cause) {
        return new ControlException(
                Problem.NOBODY, "no process listens at ".concat(Shown.text(socket.toString())), cause);
    }

    private static ControlException system(Path socket, Exception cause) {
        return new ControlException(
                Problem.SYSTEM, Shown.text(socket + ": " + cause.getMessage()).concat(" (is this home yours?)"), cause);
    }

    static void closeQuietly(AutoCloseable channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (Exception alreadyBroken) {
                // Nothing is lost: it was to be closed.
            }
        }
    }
}
