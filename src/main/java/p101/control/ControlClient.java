package p101.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import p101.control.ControlException.Problem;

/** Asks a running process one question. */
public final class ControlClient {
    private ControlClient() {}

    /** Whether a process listens there, or it cannot be known. */
    public static boolean isAnybodyAt(Path socket) {
        try {
            ControlSocket.closeQuietly(ControlSocket.connect(socket));
            return true;
        } catch (ControlException problem) {
            return problem.problem() != Problem.NOBODY;
        }
    }

    /**
     * Asks and waits, in the calling thread.
     *
     * @throws ControlException when nobody listens, the answer does not come in time or cannot be understood
     */
    public static ControlAnswer ask(Path socket, ControlRequest request, Duration patience) throws ControlException {
        SocketChannel channel = ControlSocket.connect(socket);
        Thread watchdog = watchdog(channel, patience);
        try (channel) {
            ByteBuffer bytes = ByteBuffer.wrap(ControlWire.encode(request));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return ControlWire.readAnswer(new BufferedInputStream(Channels.newInputStream(channel)));
        } catch (AsynchronousCloseException late) {
            throw new ControlException(
                    Problem.SILENT, "the process did not answer within " + patience.toSeconds() + " s", late);
        } catch (IOException broken) {
            throw new ControlException(Problem.PROTOCOL, "the process broke off: " + broken.getMessage(), broken);
        } finally {
            watchdog.interrupt();
        }
    }

    /** Closes the channel when time is up: a blocking channel has no timeout of its own. */
    private static Thread watchdog(SocketChannel channel, Duration patience) {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        Thread.sleep(patience.toMillis());
                        ControlSocket.closeQuietly(channel);
                    } catch (InterruptedException answered) {
                        // The answer came in time.
                    }
                },
                "p101-control-patience");
        watchdog.setDaemon(true);
        watchdog.start();
        return watchdog;
    }
}
