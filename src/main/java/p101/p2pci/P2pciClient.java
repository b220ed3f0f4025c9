package p101.p2pci;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A P2P-CI program's connection to an index, ours or somebody else's: what is added over it stays listed until it is closed.
 * It blocks; for the command line and the menu. One thread at a time.
 */
public final class P2pciClient implements Closeable {
    /** How long a connect and the first byte of an answer may take. */
    private static final int ANSWER_MILLIS = 10_000;

    /** Not every index ends its answers visibly: so long a silence ends them too. */
    private static final int SILENCE_MILLIS = 700;

    /** How long an answer may take in all, however steadily it comes. */
    private static final long MAX_ANSWER_NANOS = 300_000_000_000L;

    /** Most bytes of an answer. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private final Socket socket;
    private final byte[] buffer = new byte[65_536];

    private P2pciClient(Socket socket) {
        this.socket = socket;
    }

    /**
     * An answer as it came.
     *
     * @param code of the status line; 0 when that is no status line of this protocol
     * @param lines all lines, the status line first, without their ends and without empty ones
     */
    public record Reply(int code, List<String> lines) {
        public Reply {
            lines = List.copyOf(lines);
        }

        /** The lines that are rows. */
        public List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            lines.forEach(line -> Row.parse(line).ifPresent(rows::add));
            return rows;
        }
    }

    /**
     * Connects.
     *
     * @param bindOrNull the local address to use
     * @throws IOException when nobody answers there
     */
    public static P2pciClient connect(InetSocketAddress server, InetAddress bindOrNull) throws IOException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.bind(new InetSocketAddress(bindOrNull, 0));
            socket.connect(server, ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            connected = true;
            return new P2pciClient(socket);
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /** The address under which the index sees us. */
    public InetAddress localAddress() {
        return socket.getLocalAddress();
    }

    /** {@code ADD}. */
    public Reply add(Row row) throws IOException {
        return ask("ADD RFC " + row.number(), row.holder(), "Title: " + row.title() + LineEnd.CRLF.text());
    }

    /**
     * {@code LOOKUP}.
     *
     * @param self what we say about ourselves; some indexes need it
     */
    public Reply lookup(RfcNumber number, Holder self) throws IOException {
        return ask("LOOKUP RFC " + number, self, "Title: " + number.fileName() + LineEnd.CRLF.text());
    }

    /** {@code LIST ALL}. */
    public Reply list(Holder self) throws IOException {
        return ask("LIST ALL", self, "");
    }

    private Reply ask(String method, Holder self, String more) throws IOException {
        String end = LineEnd.CRLF.text();
        String request = method + " " + Wording.VERSION + end
                + "Host: " + self.host() + end
                + "Port: " + self.port() + end
                + more + end;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return read();
    }

    private Reply read() throws IOException {
        Collected answer = new Collected();
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(ANSWER_MILLIS);
        long start = System.nanoTime();
        try {
            int count = in.read(buffer);
            while (count > 0) {
                answer.write(buffer, 0, count);
                if (answer.isOver()) {
                    break;
                }
                if (answer.size() > MAX_ANSWER_BYTES || System.nanoTime() - start > MAX_ANSWER_NANOS) {
                    throw new IOException("the answer does not end");
                }
                socket.setSoTimeout(SILENCE_MILLIS);
                count = in.read(buffer);
            }
        } catch (SocketTimeoutException silence) {
            if (answer.size() == 0) {
                throw new IOException("no answer within " + ANSWER_MILLIS / 1_000 + " s", silence);
            }
        }
        if (answer.size() == 0) {
            throw new IOException("the index closed the connection without an answer");
        }
        return parse(answer.toString(StandardCharsets.UTF_8));
    }

    /** What came of an answer. */
    static final class Collected extends ByteArrayOutputStream {
        private static final int LONGEST_STATUS_BYTES = 128;

        /**
         * Whether a blank line has come that ends it. Some indexes put one between the status and the rows: behind a 200 alone it
         * ends nothing.
         */
        boolean isOver() {
            return endsInBlankLine() && !isStatusOfRows();
        }

        private boolean endsInBlankLine() {
            int last = count - 1;
            if (last < 1 || buf[last] != '\n') {
                return false;
            }
            return buf[last - 1] == '\n' || (last > 2 && buf[last - 1] == '\r' && buf[last - 2] == '\n');
        }

        private boolean isStatusOfRows() {
            if (count > LONGEST_STATUS_BYTES) {
                return false;
            }
            Reply reply = parse(toString(StandardCharsets.UTF_8));
            return reply.code() == Status.OK.code() && reply.lines().size() == 1;
        }
    }

    static Reply parse(String answer) {
        List<String> lines = new ArrayList<>();
        for (String line : answer.split("\r?\n")) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        List<String> words = lines.isEmpty() ? List.of() : Wording.words(lines.get(0));
        boolean status = words.size() > 1
                && words.get(0).startsWith(Wording.VERSION_PREFIX)
                && Wording.isDigits(words.get(1))
                && words.get(1).length() == 3;
        return new Reply(status ? Integer.parseInt(words.get(1)) : 0, lines);
    }

    /** Leaves the index: what was added is no longer listed. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
