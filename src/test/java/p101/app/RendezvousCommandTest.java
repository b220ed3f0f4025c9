package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p101 index --rendezvous} and {@code p101 rendezvous}, at our index and at a server that is not ours. */
class RendezvousCommandTest {
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    @TempDir
    Path home;

    private final Cli index = new Cli();
    private final Cli cli = new Cli();
    private final Thread indexThread = new Thread(this::runIndex);
    private volatile int indexExit = -1;

    private void runIndex() {
        indexExit = index.run(
                "index", "--port", "0", "--bind", "127.0.0.1", "--home", home.toString(), "--rendezvous=0", "--json");
    }

    @AfterEach
    void stop() throws InterruptedException {
        index.stop.fire();
        indexThread.join();
    }

    private String startIndex() {
        indexThread.start();
        until("the index", () -> index.out().contains("\n"));
        String port = index.out().replaceFirst("(?s).*\"rendezvous_port\":([0-9]+).*", "$1");
        return "127.0.0.1:" + port;
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            assertThat(System.nanoTime()).as("waiting in vain for " + what).isLessThan(deadline);
        }
    }

    @Test
    void registerListChooseAtOurIndex() {
        String server = startIndex();
        assertThat(run(server, "list")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(run(server, "register", "ann", "--port", "5000", "--host", "lab3", "--once"))
                .isZero();
        assertThat(cli.out()).isEqualTo("registered as ann\n");
        assertThat(run(server, "register", "José", "--port", "5001", "--address", "192.168.1.21", "--once", "--json"))
                .isZero();
        assertThat(cli.out()).isEqualTo("{\"event\":\"registered\",\"name\":\"José\",\"confirmed\":true}\n");
        assertThat(run(server, "list")).isZero();
        assertThat(cli.outLines()).containsExactly("ann", "José");
        assertThat(run(server, "list", "--json")).isZero();
        assertThat(cli.outLines()).containsExactly("{\"name\":\"ann\"}", "{\"name\":\"José\"}");
        assertThat(run(server, "choose", "ann")).isZero();
        assertThat(cli.out()).isEqualTo("127.0.0.1:5000  lab3\n");
        assertThat(run(server, "choose", "José", "--json")).isZero();
        assertThat(cli.out())
                .isEqualTo(
                        "{\"name\":\"José\",\"address\":\"192.168.1.21\",\"port\":5001,\"host\":\"192.168.1.21\"}\n");
        assertThat(run(server, "choose", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run(server, "register", "ann", "--bind", "127.0.0.9", "--once"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err()).contains("pick another");
        index.stop.fire();
        until("the end", () -> indexExit >= 0);
        assertThat(run(server, "list")).isEqualTo(ExitCode.INDEX_SILENT);
    }

    @Test
    void registerStaysAndLeavesWhenItIsInterrupted() throws Exception {
        String server = startIndex();
        Cli staying = new Cli();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> staying.run("rendezvous", "register", "ann", "--server", server, "--host", "h"));
        until("the registration", () -> staying.out().contains("registered as ann"));
        assertThat(run(server, "choose", "ann")).isZero();
        staying.stop.fire();
        assertThat(exit.get()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run(server, "choose", "ann")).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void whatIsTypedWronglyIsSaid() {
        cli.with("P101_HOME", home.toString());
        for (List<String> words : List.of(
                List.of("rendezvous", "find"),
                List.of("rendezvous", "list", "x"),
                List.of("rendezvous", "choose"),
                List.of("rendezvous", "register", "a b"),
                List.of("rendezvous", "register", "a", "--port", "0"),
                List.of("index", "--rendezvous=x"),
                List.of("index", "--rendezvous=0", "--rendezvous-stay", "0s"))) {
            assertThat(cli.run(words.toArray(String[]::new)))
                    .as(words.toString())
                    .isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).as(words.toString()).startsWith("p101: ");
        }
    }

    /** Answers as the published server does: HTTP/1.0, its own header names, nothing at all for a registration. */
    @Test
    void aServerThatIsNotOurs() throws Exception {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            new Thread(() -> servePublished(socket, asked)).start();
            String server = "127.0.0.1:" + socket.getLocalPort();
            assertThat(run(server, "register", "ann", "--port", "5000", "--host", "lab3", "--once"))
                    .isZero();
            assertThat(cli.out()).contains("without an answer");
            assertThat(asked.poll()).isEqualTo("Post {\"ann\": \"127.0.0.1\", \"port\": 5000, \"hostname\": \"lab3\"}");
            assertThat(run(server, "list")).isZero();
            assertThat(cli.outLines()).containsExactly("ann", "be\\u{1b}n");
            assertThat(run(server, "choose", "ann")).isZero();
            assertThat(cli.out()).isEqualTo("1.2.3.4:5000  lab3\n");
            asked.clear();
            assertThat(run(server, "choose", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(asked.poll()).isEqualTo("Post {\"name\": \"nobody\"}");
        }
    }

    private static void servePublished(ServerSocket server, ConcurrentLinkedQueue<String> asked) {
        while (true) {
            try (Socket socket = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                String first = in.readLine();
                int length = 0;
                for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    length = line.startsWith("Content-type: ") ? Integer.parseInt(line.substring(14)) : length;
                }
                StringBuilder body = new StringBuilder();
                while (body.length() < length) {
                    body.append((char) in.read());
                }
                asked.add(first.split(" ")[0] + " " + body);
                String answer = "";
                if (first.contains("/listOfclients ")) {
                    answer = head("ids: [\"ann\", \"be\\u001bn\"]");
                } else if (first.contains("/choseClient ")) {
                    answer = head(
                            body.toString().contains("ann")
                                    ? "infoClient: [\"1.2.3.4\", \"5000\", \"lab3\"]"
                                    : "infoClient: []");
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static String head(String header) {
        return "HTTP/1.0 200 So it is\r\nServer: BaseHTTP/0.6 Python/3.11.2\r\nDate: now\r\n" + header + "\r\n\r\n";
    }

    private int run(String server, String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "rendezvous";
        System.arraycopy(words, 0, line, 1, words.length);
        line[words.length + 1] = "--server";
        line[words.length + 2] = server;
        return cli.run(line);
    }
}
