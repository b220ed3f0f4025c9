package p101.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import p101.control.ControlException.Problem;
import p101.model.Shown;

/** The listening end of a control socket, with threads of its own. */
public final class ControlServer implements AutoCloseable {
    /** Connections served at once; a further one takes the place of the oldest. */
    static final int MAX_CONNECTIONS = 4;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final ControlHandler handler;
    private final Deque<SocketChannel> open = new ArrayDeque<>();

    private ControlServer(Path socket, ServerSocketChannel listener, ControlHandler handler) {
        this.socket = socket;
        this.listener = listener;
        this.handler = handler;
    }

    /**
     * Listens at this path; its folder is made (mode 700) when it is missing, and the socket that a killed process left is
     * replaced.
     *
     * @throws ControlException when another process listens there, the path is too long, or the system refuses
     */
    public static ControlServer open(Path socket, ControlHandler handler) throws ControlException {
        refuseIfInUse(socket);
        ServerSocketChannel listener = null;
        try {
            makeFolder(socket.toAbsolutePath().getParent());
            Files.deleteIfExists(socket);
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(ControlSocket.address(socket));
            restrict(socket, "rw-------");
        } catch (ControlException tooLong) {
            ControlSocket.closeQuietly(listener);
            throw tooLong;
        } catch (IOException | UnsupportedOperationException refused) {
            ControlSocket.closeQuietly(listener);
            throw new ControlException(
                    Problem.SYSTEM, "cannot listen at " + Shown.text(socket + ": " + refused.getMessage()), refused);
        }
        ControlServer server = new ControlServer(socket, listener, handler);
        server.startThread("p101-control", server::acceptAll);
        return server;
    }

    private static void refuseIfInUse(Path socket) throws ControlException {
        try {
            ControlSocket.closeQuietly(ControlSocket.connect(socket));
        } catch (ControlException notListening) {
            if (notListening.problem() == Problem.NOBODY) {
                return;
            }
            throw notListening;
        }
        throw new ControlException(
                Problem.IN_USE,
                "another process listens at " + Shown.text(socket.toString()) + ": end it, or choose another --home",
                null);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
        }
    }

    private static void restrict(Path path, String mode) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    private void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                admit(channel);
                startThread("p101-control-answer", () -> serve(channel));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException refused) {
                // Out of file descriptors: wait for one to come back instead of asking again at once.
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
            }
        }
    }

    private void admit(SocketChannel channel) {
        synchronized (open) {
            if (open.size() >= MAX_CONNECTIONS) {
                ControlSocket.closeQuietly(open.poll());
            }
            open.add(channel);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            ControlRequest request =
                    ControlWire.readRequest(new BufferedInputStream(Channels.newInputStream(channel), 512));
            ByteBuffer answer = ByteBuffer.wrap(ControlWire.encode(answer(request)));
            while (answer.hasRemaining()) {
                channel.write(answer);
            }
        } catch (IOException brokenOff) {
            // The one who asked has gone, or asked something endless.
        } finally {
            synchronized (open) {
                open.remove(channel);
            }
        }
    }

    private ControlAnswer answer(ControlRequest request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException failure) {
            return ControlAnswer.failed("the process failed to answer: " + failure);
        }
    }

    /** Stops listening and removes the socket. */
    @Override
    public void close() {
        ControlSocket.closeQuietly(listener);
        synchronized (open) {
            open.forEach(ControlSocket::closeQuietly);
            open.clear();
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException leftBehind) {
            // The next process replaces it.
        }
    }
}
