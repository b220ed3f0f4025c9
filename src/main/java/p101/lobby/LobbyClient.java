package p101.lobby;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A member of somebody's lobby, with a socket that blocks: {@link #join} first, then {@link #listen}, whose thread answers
 * pings and tells every other line. {@link #send} from any thread.
 */
public final class LobbyClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    /** The lobby asks after each 20 s of silence; so long without a word, and it is not there any more. */
    private static final int SILENCE_MILLIS = 60_000;

    private static final int MAX_LINE_BYTES = 65_536;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean greeted;

    private LobbyClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /**
     * Connects.
     *
     * @param bindOrNull the local address to use
     * @throws IOException when nobody answers there
     */
    public static LobbyClient connect(InetSocketAddress server, InetAddress bindOrNull) throws IOException {
        Socket socket = new Socket();
        try {
            if (bindOrNull != null) {
                socket.bind(new InetSocketAddress(bindOrNull, 0));
            }
            socket.setTcpNoDelay(true);
            socket.connect(server, CONNECT_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            return new LobbyClient(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks for an alias; may be called again when it is refused. Before {@link #listen}.
     *
     * @return {@link LobbyLine.Ok} or {@link LobbyLine.Error}
     * @throws IOException when the lobby ends the connection, or is none
     */
    public LobbyLine join(String alias) throws IOException {
        if (!greeted) {
            send("/keepalive");
            LobbyLine answer = answer();
            if (!(answer instanceof LobbyLine.Ok)) {
                return answer;
            }
            greeted = true;
        }
        send("/setNick " + alias);
        return answer();
    }

    /** The next line that answers an order; greetings are passed over. */
    private LobbyLine answer() throws IOException {
        while (true) {
            LobbyLine line = next();
            if (line == null) {
                throw new IOException("the connection was closed");
            }
            if (line instanceof LobbyLine.Ok || line instanceof LobbyLine.Error) {
                return line;
            }
        }
    }

    /**
     * Starts to listen, on a thread of its own.
     *
     * @param lines told each line but pings
     * @param ended told once that nothing comes any more
     */
    public void listen(Consumer<LobbyLine> lines, Runnable ended) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (LobbyLine line = next(); line != null; line = next()) {
                            lines.accept(line);
                        }
                    } catch (IOException lost) {
                        // Told below.
                    } finally {
                        ended.run();
                    }
                },
                "p101-lobby-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next line that is no ping; {@code null} at the end. */
    private LobbyLine next() throws IOException {
        while (true) {
            String text = line();
            if (text == null) {
                return null;
            }
            LobbyLine line = LobbyLine.parse(text);
            if (!(line instanceof LobbyLine.Ping)) {
                return line;
            }
            send("/pong");
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() >= MAX_LINE_BYTES) {
                throw new IOException("it sends no lines");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Sends a line; waits while the lobby takes no more, which is how it slows down who says too much. */
    public void send(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** The lobby's address. */
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
