package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.overlay.RawNode;

/**
 * One conversation over real sockets: a member with a plain connection to the lobby, a child of the tree that was written from
 * its rules alone, and a peer with the menu.
 */
class OneRoomTest {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long TICK_MILLIS = 50;

    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private final Object pause = new Object();
    private JsonObject listening;

    @BeforeEach
    void startIndex() throws Exception {
        DemoStage.Background index = stage.start(
                "index",
                "--bind",
                "127.0.0.1",
                "--port=0",
                "--lobby=0",
                "--overlay=0",
                "--json",
                "--home",
                folder.resolve("home-index").toString());
        listening = JsonParser.parseString(index.await(line -> line.contains("listening")))
                .getAsJsonObject();
        cli.with("P101_LOBBY", "127.0.0.1:" + port("lobby_port")).with("P101_INDEX", "127.0.0.1:" + port("port"));
    }

    @AfterEach
    void stopAll() {
        stage.close();
    }

    private int port(String name) {
        return listening.get(name).getAsInt();
    }

    /** A plain connection to the lobby, as {@code nc} makes it. */
    private final class Nc implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port("lobby_port"));
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Nc() throws IOException {
            socket.setSoTimeout(30_000);
        }

        void type(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** Lines up to and with the first that holds this. */
        List<String> until(String part) throws IOException {
            List<String> lines = new ArrayList<>();
            do {
                lines.add(in.readLine());
            } while (!lines.get(lines.size() - 1).contains(part));
            return lines;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The peer with the menu: it says what is typed, and prints what it hears. */
    private final class MenuPeer implements AutoCloseable {
        private final PipedOutputStream keyboard = new PipedOutputStream();
        private final Thread thread;

        MenuPeer() throws IOException {
            Console base = cli.console();
            Console console = new Console(
                    new PipedInputStream(keyboard), base.out(), base.messages(), base.environment(), cli.stop, false);
            Path files = Files.createDirectory(folder.resolve("files"));
            thread = new Thread(() -> new Program(console)
                    .run(
                            "peer",
                            "--name=leo",
                            "--port=0",
                            "--bind=127.0.0.1",
                            "--home=" + folder.resolve("home-peer"),
                            "--dir=" + files));
            thread.start();
        }

        void type(String line) throws IOException {
            keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        }

        @Override
        public void close() throws IOException {
            keyboard.close();
            try {
                thread.join(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
        synchronized (pause) {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadlineNanos);
                pause.wait(10);
            }
        }
    }

    @Test
    void whatIsSaidThroughOneDoorIsHeardOnceThroughEveryOther() throws Exception {
        try (Nc ann = new Nc();
                RawNode child = new RawNode(false, port("overlay_port"), TICK_MILLIS);
                MenuPeer leo = new MenuPeer()) {
            ann.type("/setNick ann");
            ann.until("OK you are ann");
            await("the tree", () -> child.hellosBack > 0);
            leo.type("M");
            leo.type("one from leo");
            ann.type("two from ann");
            child.say("three from the tree");
            // Nobody hears its own line, so that each door's last line is the mark of the two others.
            leo.type("last from leo");
            List<String> atAnn = ann.until("last from leo");
            ann.type("last from ann");
            child.say("last from the tree");
            atAnn.addAll(ann.until("last from the tree"));
            await(
                    "the menu",
                    () -> cli.out().contains("last from the tree") && cli.out().contains("last from ann"));
            await(
                    "the child",
                    () -> child.heard.stream()
                                    .filter(line -> line.contains("last from"))
                                    .count()
                            == 2);

            assertThat(count(atAnn, "from leo")).isEqualTo(2);
            assertThat(count(atAnn, "from the tree")).isEqualTo(2);
            assertThat(count(atAnn, "from ann")).isZero();
            List<String> atLeo = cli.out().lines().toList();
            assertThat(count(atLeo, "from ann")).isEqualTo(2);
            assertThat(count(atLeo, "from the tree")).isEqualTo(2);
            assertThat(count(atLeo, "from leo")).isZero();
            List<String> atChild = child.heard;
            assertThat(count(atChild, "from ann")).isEqualTo(2);
            assertThat(count(atChild, "from leo")).isEqualTo(2);
            assertThat(count(atChild, "from the tree")).isZero();
            assertThat(atAnn).contains("leo: one from leo");
            assertThat(atChild).contains("ann: two from ann", "leo: one from leo");
            assertThat(child.troubles).isEmpty();
        }
    }

    private static long count(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }
}
