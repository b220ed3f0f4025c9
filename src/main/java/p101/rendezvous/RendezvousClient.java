package p101.rendezvous;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the published dialect, at our index or at somebody else's server. It blocks, with a connection for each
 * question, as published peers have; for the command line. One thread at a time. spec/RENDEZVOUS.md, section 9.
 */
public final class RendezvousClient {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int LEAVE_MILLIS = 1_000;

    /** Most bytes of an answer's head. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final String END = "\r\n";

    private final InetSocketAddress server;
    private final InetAddress bindOrNull;

    /** @param bindOrNull the local address to use */
    public RendezvousClient(InetSocketAddress server, InetAddress bindOrNull) {
        this.server = server;
        this.bindOrNull = bindOrNull;
    }

    /**
     * An answer.
     *
     * @param code the status; 0 = the server closed the connection without a word, as the published one does for a
     *     registration
     * @param reason as it came
     * @param items what stands in the header {@code ids} or {@code infoClient}; empty when there is none
     */
    public record Reply(int code, String reason, List<String> items) {
        public Reply {
            items = List.copyOf(items);
        }
    }

    /**
     * {@code /info}.
     *
     * @param addressOrNull the address to say that we have; {@code null} = the one that the server sees
     * @throws IOException when nobody answers there
     */
    public Reply register(String name, String addressOrNull, int port, String host) throws IOException {
        try (Socket socket = connect(ANSWER_MILLIS)) {
            String address = addressOrNull != null ? addressOrNull : GivenAddress.show(socket.getLocalAddress());
            String body = new JsonText()
                    .raw("{")
                    .quoted(name)
                    .raw(": ")
                    .quoted(address)
                    .raw(", \"port\": ")
                    .number(port)
                    .raw(", \"hostname\": ")
                    .quoted(host)
                    .raw("}")
                    .toString();
            return ask(socket, "Post", PublishedForm.REGISTER_PATH, body, "");
        }
    }

    /**
     * {@code /listOfclients}.
     *
     * @throws IOException when nobody answers there, or not in this dialect
     */
    public Reply list() throws IOException {
        try (Socket socket = connect(ANSWER_MILLIS)) {
            return ask(socket, "GET", PublishedForm.LIST_PATH, "", "ids");
        }
    }

    /**
     * {@code /choseClient}: items are address, port and host name.
     *
     * @throws IOException when nobody answers there, or not in this dialect
     */
    public Reply choose(String name) throws IOException {
        try (Socket socket = connect(ANSWER_MILLIS)) {
            String body =
                    new JsonText().raw("{\"name\": ").quoted(name).raw("}").toString();
            return ask(socket, "Post", PublishedForm.CHOOSE_PATH, body, "infoclient");
        }
    }

    /**
     * Takes the registration back, which the published dialect cannot: our index knows the request, other servers refuse it.
     * Quick, because it is done while the process ends.
     *
     * @throws IOException when nobody answers there
     */
    public Reply leave(String name) throws IOException {
        try (Socket socket = connect(LEAVE_MILLIS)) {
            return ask(socket, "DELETE", ModernForm.PEERS + "/" + Escapes.encode(name), "", "");
        }
    }

    private Socket connect(int answerMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(bindOrNull, 0));
            socket.connect(server, Math.min(CONNECT_MILLIS, answerMillis));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(answerMillis);
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private Reply ask(Socket socket, String method, String path, String body, String header) throws IOException {
        String host = server.getAddress().getHostAddress();
        String authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
        StringBuilder request = new StringBuilder()
                .append(method)
                .append(" http://")
                .append(authority)
                .append(path)
                .append(" HTTP/1.1")
                .append(END)
                .append("Host: ")
                .append(authority)
                .append(END);
        if (!body.isEmpty()) {
            request.append("Content-type: ").append(body.length()).append(END);
            request.append("Content-Length: ").append(body.length()).append(END);
        }
        request.append("Connection: close").append(END).append(END).append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
        return parse(readHead(socket.getInputStream()), header);
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int endMatched = 0;
        int next = 0;
        byte[] buffer = new byte[8_192];
        int fill = 0;
        while (endMatched < 2) {
            if (next == fill) {
                fill = read(in, buffer, head.size());
                next = 0;
                if (fill <= 0) {
                    break;
                }
            }
            byte b = buffer[next++];
            head.write(b);
            endMatched = b == '\n' ? endMatched + 1 : b == '\r' ? endMatched : 0;
            if (head.size() > MAX_ANSWER_BYTES) {
                throw new IOException("the answer's head is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** A server that closes without reading all that we sent resets the connection: that is an end too. */
    private static int read(InputStream in, byte[] buffer, int before) throws IOException {
        try {
            return in.read(buffer);
        } catch (SocketTimeoutException silent) {
            throw new IOException("no answer within " + ANSWER_MILLIS / 1_000 + " s", silent);
        } catch (SocketException reset) {
            if (before > 0) {
                return -1;
            }
            throw reset;
        }
    }

    /** Headers are found by their name; the published order is what we send, not what we need. */
    static Reply parse(String head, String header) throws IOException {
        if (head.isEmpty()) {
            return new Reply(0, "", List.of());
        }
        String[] lines = head.split("\r?\n");
        String[] status = lines[0].split(" ", 3);
        if (!status[0].startsWith("HTTP/") || status.length < 2 || !status[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("the answer is no HTTP");
        }
        HttpHeaders headers = new HttpHeaders();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int code = Integer.parseInt(status[1]);
        boolean wanted = !header.isEmpty() && code == Status.OK.code();
        return new Reply(
                code, status.length > 2 ? status[2] : "", wanted ? items(headers.first(header), header) : List.of());
    }

    private static List<String> items(String value, String header) throws IOException {
        try {
            if (value != null && JsonReader.read(value) instanceof Json.Items list) {
                List<String> items = new ArrayList<>();
                for (Json item : list.values()) {
                    items.add(text(item));
                }
                return items;
            }
        } catch (JsonException notAList) {
            throw new IOException("the header " + header + " is no JSON list: " + notAList.getMessage(), notAList);
        }
        throw new IOException("the answer has no list in a header " + header);
    }

    private static String text(Json item) {
        if (item instanceof Json.Text text) {
            return text.value();
        }
        return item instanceof Json.Number number ? number.literal() : "";
    }
}
