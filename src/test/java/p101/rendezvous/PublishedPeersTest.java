package p101.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import p101.loop.EventLoop;
import p101.model.Clock;
import p101.model.Randomness;
import p101.registry.MemoryRegistry;

/** Programs that know nothing of ours, written from the published rules, at a server that runs as it does in an index. */
class PublishedPeersTest {
    private final EventLoop loop = new EventLoop(System::nanoTime);
    private final MemoryRegistry registry = Peers.registry();
    private final Thread thread = new Thread(loop::run);
    private int port;

    @BeforeEach
    void start() throws IOException {
        RendezvousServer server = new RendezvousServer(
                loop, registry, RendezvousLimits.DEFAULT, Optional.empty(), Clock.SYSTEM, Randomness.seeded(1));
        port = server.listen(new InetSocketAddress(Peers.address("127.0.0.1"), 0))
                .getPort();
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.close();
        thread.join();
    }

    /** Takes one receive for the whole answer, its fourth line for the list, and quotation marks for its ends. */
    @Test
    void aPeerThatCutsTheAnswerByHand() throws IOException {
        registerAndGo("{\"ann\": \"192.168.1.20\", \"port\": 5000, \"hostname\": \"lab3\"}");
        registerAndGo("{\"ben\": \"192.168.1.21\", \"port\": 5001, \"hostname\": \"lab4\"}");
        String[] names = {};
        for (int tries = 0; names.length < 2 && tries < 1_000; tries++) {
            names = cut(receiveOnce("GET http://localhost:8031/listOfclients HTTP/1.1\r\n\r\n"), "ids: [\"");
        }
        assertThat(names).containsExactly("ann", "ben");
        String body = "{\"id\": \"" + names[1] + "\"}";
        String[] info = cut(
                receiveOnce("Post http://localhost:8031/choseClient HTTP/1.1\r\nContent-type: " + body.length()
                        + "\r\n\r\n" + body),
                "infoClient: [\"");
        assertThat(info).containsExactly("192.168.1.21", "5001", "lab4");
    }

    /** Such a peer has closed before any answer could tell it what was wrong. */
    @Test
    void aHostNameThatIsNoneTurnsNobodyAway() throws IOException {
        registerAndGo("{\"ann\": \"192.168.1.20\", \"port\": 5000, \"hostname\": \"my laptop\"}");
        String body = "{\"id\": \"ann\"}";
        String request =
                "Post http://localhost:8031/choseClient HTTP/1.1\r\nContent-type: " + body.length() + "\r\n\r\n" + body;
        String answer = receiveOnce(request);
        for (int tries = 0; !answer.contains("infoClient") && tries < 1_000; tries++) {
            answer = receiveOnce(request);
        }
        assertThat(cut(answer, "infoClient: [\"")).containsExactly("192.168.1.20", "5000", "192.168.1.20");
    }

    private void registerAndGo(String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            send(
                    socket,
                    "Post http://localhost:8031/info HTTP/1.1\r\nContent-type: " + body.length() + "\r\n\r\n" + body);
        }
    }

    private String receiveOnce(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            send(socket, request);
            byte[] buffer = new byte[1_024];
            int count = socket.getInputStream().read(buffer);
            return new String(buffer, 0, count, StandardCharsets.US_ASCII);
        }
    }

    private static String[] cut(String answer, String begin) {
        String line = answer.split("\r\n")[3];
        assertThat(answer).startsWith("HTTP/1.1 200 ");
        return line.startsWith(begin)
                ? line.substring(begin.length(), line.length() - 2).split("\", \"")
                : new String[] {};
    }

    /** Reads as Python's http.client does: reason, headers by name, exactly the length of the content, then the end. */
    @Test
    void aPeerWithALibrary() throws IOException {
        String body = "{\"ann\": \"192.168.1.20\", \"port\": 5000, \"hostname\": \"lab3\"}";
        Answer registered = ask("POST", "/info", body);
        assertThat(registered.status).isEqualTo("HTTP/1.1 200 OK");
        Answer listed = ask("GET", "http://localhost:8031/listOfclients", "");
        assertThat(listed.reason()).isEqualTo("Which system do you want to connect to?");
        assertThat(listed.headers).containsEntry("ids", "[\"ann\"]").containsEntry("content-length", "0");
        assertThat(List.copyOf(listed.order).subList(0, 4)).containsExactly("server", "date", "ids", "content-length");
        Answer chosen = ask("Post", "/choseClient", "{\"x\": \"ann\"}");
        assertThat(chosen.reason()).isEqualTo("The information required to connect to the system");
        assertThat(chosen.headers).containsEntry("infoclient", "[\"192.168.1.20\", \"5000\", \"lab3\"]");
        assertThat(List.copyOf(chosen.order).subList(0, 4))
                .containsExactly("server", "date", "infoclient", "content-length");
        Answer missing = ask("GET", "/", "");
        assertThat(missing.status).isEqualTo("HTTP/1.1 404 file not found");
    }

    private record Answer(String status, Map<String, String> headers, List<String> order) {
        String reason() {
            return status.split(" ", 3)[2];
        }
    }

    private Answer ask(String method, String target, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            send(
                    socket,
                    method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port
                            + "\r\nAccept-Encoding: identity\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String status = in.readLine();
            Map<String, String> headers = new HashMap<>();
            List<String> order = new ArrayList<>();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
                order.add(name);
                headers.put(name, line.substring(line.indexOf(':') + 1).strip());
            }
            assertThat(in.read()).isEqualTo(-1);
            return new Answer(status, headers, order);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The JDK's client, which keeps its connections and knows a great deal of HTTP. */
    @Test
    void aNewProgram() throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<String> created =
                send(client, "POST", "/v1/peers", "{\"name\": \"José\", \"port\": 5000, \"hostname\": \"lab3\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("content-type")).hasValue("application/json");
        HttpResponse<String> found = send(client, "GET", "/v1/peers/Jos%C3%A9", "");
        assertThat(found.body())
                .isEqualTo("{\"name\":\"Jos\\u00e9\",\"address\":\"127.0.0.1\",\"port\":5000,\"hostname\":\"lab3\","
                        + "\"files\":0}");
        assertThat(send(client, "HEAD", "/v1/peers", "").statusCode()).isEqualTo(200);
        assertThat(send(client, "DELETE", "/v1/peers/Jos%C3%A9", "").statusCode())
                .isEqualTo(200);
        assertThat(send(client, "GET", "/v1/peers", "").body()).isEqualTo("{\"peers\":[]}");
        assertThat(send(client, "GET", "/listOfclients", "").headers().firstValue("ids"))
                .hasValue("[]");
        assertThat(send(client, "PATCH", "/v1/peers", "{}").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String body)
            throws IOException, InterruptedException {
        java.net.http.HttpRequest request = java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Our own client, at our own server. */
    @Test
    void ourOwnClient() throws IOException {
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", port);
        RendezvousClient client = new RendezvousClient(server, null);
        assertThat(client.register("José", null, 5000, "lab3").code()).isEqualTo(200);
        assertThat(client.register("Computer-of-Leonardo", "192.168.1.21", 5001, "")
                        .code())
                .isEqualTo(200);
        RendezvousClient elsewhere = new RendezvousClient(server, Peers.address("127.0.0.3"));
        assertThat(elsewhere.register("José", null, 5000, "").code()).isEqualTo(409);
        assertThat(elsewhere.list().items()).containsExactly("José", "Computer-of-Leonardo");
        assertThat(elsewhere.choose("José").items()).containsExactly("127.0.0.1", "5000", "lab3");
        assertThat(elsewhere.choose("Computer-of-Leonardo").items())
                .containsExactly("192.168.1.21", "5001", "192.168.1.21");
        assertThat(elsewhere.choose("nobody").code()).isEqualTo(404);
        assertThat(elsewhere.leave("José").code()).isEqualTo(403);
        assertThat(client.leave("José").code()).isEqualTo(200);
        assertThat(client.list().items()).containsExactly("Computer-of-Leonardo");
    }
}
