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
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.lobby.LobbyLine;

/** The lobby of a real index, from the command line, from the menu, and from a plain connection. */
class ChatTest {
    private static final String SECRET = "correct horse battery";

    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private int port;
    private DemoStage.Background index;

    @BeforeEach
    void startIndex() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        index = stage.start(
                "index",
                "--bind",
                "127.0.0.1",
                "--port=0",
                "--lobby=0",
                "--lobby-limit=3",
                "--lobby-reserved=1",
                "--lobby-secret-file=" + secret,
                "--json",
                "--home",
                home());
        JsonObject listening = JsonParser.parseString(index.await(line -> line.contains("listening")))
                .getAsJsonObject();
        port = listening.get("lobby_port").getAsInt();
        cli.with("P101_HOME", folder.resolve("home-cli").toString())
                .with("P101_LOBBY", "127.0.0.1:" + port)
                .with("P101_INDEX", "127.0.0.1:" + listening.get("port").getAsInt());
    }

    @AfterEach
    void stopAll() {
        stage.close();
    }

    private String home() {
        return folder.resolve("home-index").toString();
    }

    /** A plain connection, as {@code nc} makes it. */
    private final class Nc implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Nc() throws IOException {
            socket.setSoTimeout(20_000);
        }

        void type(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String await(String part) throws IOException {
            String line = in.readLine();
            while (line != null && !line.contains(part)) {
                line = in.readLine();
            }
            assertThat(line).as("a line with " + part).isNotNull();
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aPipeIsSaidWholeAndThenLeaves() throws Exception {
        try (Nc ann = new Nc()) {
            ann.type("/register ann 6010 \"my song.ogg\"");
            ann.await("OK you are ann");
            ann.type("earlier");
            assertThat(cli.typing("hello é\n\n/query song\nbye").run("chat", "--name", "pipe"))
                    .isZero();
            assertThat(cli.outLines().get(0)).matches("\\d\\d:\\d\\d ann: earlier");
            assertThat(cli.out())
                    .contains("127.0.0.1:6010 | ann => my song.ogg\n")
                    .doesNotContain("END", "PING", "keepalive");
            assertThat(cli.err()).isEmpty();
            assertThat(ann.await("pipe: ")).isEqualTo("pipe: hello é");
            assertThat(ann.await("pipe: ")).isEqualTo("pipe: bye");
            assertThat(ann.await("left")).isEqualTo("* pipe left: said /exit");
            assertThat(cli.run("ls")).isZero();
            assertThat(cli.out()).contains("ann").contains("my song.ogg  (listed only)");
        }
    }

    /** The process has other things to end too: the chat is over before it knows that all have been. */
    @Test
    void whoInterruptsTheChatIsNotToldThatTheLobbyEndedIt() throws Exception {
        try (Nc ann = new Nc();
                PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream keys = new PipedInputStream(keyboard)) {
            ann.type("/setNick ann");
            ann.await("OK");
            Console console =
                    new Console(keys, new Output(cli.out), cli.console().messages(), cli.environment, cli.stop, false);
            int[] exitCode = new int[1];
            Thread chat = new Thread(() -> exitCode[0] = new Program(console).run("chat", "--name", "eve"));
            cli.stop.onStop(() -> {
                try {
                    chat.join(20_000);
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            });
            chat.start();
            ann.await("eve joined");
            ann.type("hello eve");
            long start = System.nanoTime();
            // What she hears is shown by a session that can be interrupted already.
            while (!cli.out().contains("hello eve") && System.nanoTime() - start < 20_000_000_000L) {
                Thread.onSpinWait();
            }
            cli.stop.fire();
            assertThat(exitCode[0]).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(cli.err()).isEmpty();
        }
    }

    /** Here without single keys, as where there is no stty. */
    @Test
    void onATerminalAnInterruptedChatEndsItsLine() throws Exception {
        try (Nc ann = new Nc();
                PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream keys = new PipedInputStream(keyboard)) {
            ann.type("/setNick ann");
            ann.await("OK");
            Cli eve = cli.onTerminal().with("TERM", "xterm");
            Console console =
                    new Console(keys, new Output(eve.out), eve.console().messages(), eve.environment, eve.stop, true);
            Thread chat = new Thread(() -> new Program(console).run("chat", "--name", "eve"));
            chat.start();
            ann.await("eve joined");
            ann.type("hello eve");
            awaitOut("hello eve");
            awaitOut("> ");
            assertThat(cli.out()).doesNotEndWith("\n");
            cli.stop.fire();
            chat.join(20_000);
            assertThat(chat.isAlive()).isFalse();
            assertThat(cli.out()).endsWith("\n");
        }
    }

    @Test
    void moreLinesThanMayComeAtOnceAllArrive() throws Exception {
        try (Nc ann = new Nc()) {
            ann.type("/setNick ann");
            ann.await("OK");
            String lines = String.join(
                    "\n", IntStream.range(0, 60).mapToObj(i -> "line " + i).toList());
            assertThat(cli.typing(lines).run("chat", "--name=cat")).isZero();
            for (int i = 0; i < 60; i++) {
                assertThat(ann.await("cat: ")).isEqualTo("cat: line " + i);
            }
        }
    }

    @Test
    void refusalsHaveExitCodes() throws Exception {
        assertThat(cli.typing("/fetch nothing\n").run("chat")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).startsWith("p101: nobody shares nothing");
        assertThat(cli.typing("/foo\n").run("chat")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.typing("/kick ann\n").run("chat")).isEqualTo(ExitCode.REFUSED);
        assertThat(cli.run("chat", "--name", "a:b")).isEqualTo(ExitCode.USAGE);
        try (Nc ann = new Nc();
                Nc bob = new Nc()) {
            ann.type("/setNick ann");
            ann.await("OK");
            assertThat(cli.run("chat", "--name=ann")).isEqualTo(ExitCode.REFUSED);
            assertThat(cli.err()).contains("somebody is called ann already");
            bob.type("/setNick bob");
            bob.await("OK");
            assertThat(cli.run("chat", "--name=cid"))
                    .as("one place is reserved")
                    .isEqualTo(ExitCode.REFUSED);
            bob.type("/pro " + SECRET);
            bob.await("OK you are privileged");
            assertThat(cli.run("chat", "--name=cid")).isZero();
        }
        assertThat(cli.run("chat", "--server=127.0.0.1:1")).isEqualTo(ExitCode.INDEX_SILENT);
    }

    @Test
    void whoIsRemovedIsTold() throws Exception {
        try (Nc boss = new Nc();
                PipedOutputStream keyboard = new PipedOutputStream()) {
            boss.type("/pro " + SECRET);
            boss.await("OK");
            boss.type("/setNick boss");
            boss.await("OK");
            Console typed = cli.console();
            Console console = new Console(
                    new PipedInputStream(keyboard),
                    typed.out(),
                    typed.messages(),
                    typed.environment(),
                    cli.stop,
                    false);
            int[] exitCode = {-1};
            Thread chat = new Thread(() -> exitCode[0] = new Program(console).run("chat", "--name=rude"));
            chat.start();
            boss.await("rude joined");
            boss.type("/kick rude");
            boss.await("OK rude is removed");
            chat.join(20_000);
            assertThat(exitCode[0]).isEqualTo(ExitCode.REFUSED);
            assertThat(cli.err()).contains("removed by boss");
        }
    }

    @Test
    void theMenuTalksWhileItGoesOn() throws Exception {
        try (Nc ann = new Nc();
                PipedOutputStream keyboard = new PipedOutputStream()) {
            ann.type("/setNick ann");
            ann.await("OK");
            Console typed = cli.console();
            Console console = new Console(
                    new PipedInputStream(keyboard),
                    typed.out(),
                    typed.messages(),
                    typed.environment(),
                    cli.stop,
                    false);
            Path files = Files.createDirectory(folder.resolve("files"));
            Thread peer = new Thread(() -> new Program(console)
                    .run(
                            "peer",
                            "--name=leo",
                            "--port=0",
                            "--bind=127.0.0.1",
                            "--home=" + folder.resolve("home-peer"),
                            "--dir=" + files));
            peer.start();
            type(keyboard, "M", "hello from the menu");
            assertThat(ann.await("leo: ")).isEqualTo("leo: hello from the menu");
            ann.type("hello leo");
            awaitOut("\nann: hello leo\n");
            type(keyboard, "");
            awaitOut("hello leo\nPlease choose");
            ann.type("are you there?");
            ann.type("/ping");
            ann.await("OK pong");
            // The list is asked for until the note has come: it is shown above the menu that follows.
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!cli.out().contains("NOTE lobby: ann: are you there?") && System.nanoTime() < deadline) {
                type(keyboard, "L");
                peer.join(50);
            }
            awaitOut("NOTE lobby: ann: are you there?\n");
            type(keyboard, "m", "yes", "", "Q");
            assertThat(ann.await("leo: ")).isEqualTo("leo: yes");
            ann.await("* leo left");
            peer.join(20_000);
            assertThat(cli.out()).endsWith("Client Session Terminated\n");
        }
    }

    private static void type(OutputStream keyboard, String... lines) throws IOException {
        keyboard.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void awaitOut(String text) throws InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!cli.out().contains(text)) {
            assertThat(System.nanoTime()).as(cli.out()).isLessThan(deadline);
            Thread.currentThread().join(5);
        }
    }

    @Test
    void theLogHoldsWhatHappenedAndNotTheSecret() throws Exception {
        try (Nc ann = new Nc()) {
            ann.type("/setNick ann");
            ann.type("/pro " + SECRET.substring(1));
            ann.type("/pro " + SECRET);
            ann.await("OK you are privileged");
        }
        index.stop();
        String log = Files.readString(Path.of(home(), "state", "lobby.log"));
        assertThat(log.lines().map(line -> line.split(" ")[1])).contains("JOIN", "WRONG-SECRET", "PRO", "LEAVE");
        assertThat(log).doesNotContain(SECRET, SECRET.substring(1));
    }

    @Test
    void aSecretThatIsNoneOrNowhereIsAMistake() throws Exception {
        Path empty = Files.writeString(folder.resolve("short"), "short\n");
        assertThat(cli.run("index", "--port=0", "--lobby=0", "--lobby-secret-file=" + empty))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("characters").doesNotContain("short;");
        assertThat(cli.run("index", "--port=0", "--lobby=0", "--lobby-reserved=1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("index", "--port=0", "--lobby=0", "--lobby-secret-file=" + folder.resolve("none")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("index", "--port=0", "--lobby=0", "--lobby-limit=0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void linesAreColouredAndFitTheTerminal() {
        ChatText text = new ChatText(true, 20, ZoneId.of("UTC"));
        List<String> rows = text.rows(LobbyLine.parse("[overlay] bob: " + "x".repeat(30)));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0))
                .startsWith("\u001b[2m[overlay] \u001b[0m\u001b[1;")
                .endsWith("bob\u001b[0m: xxxxx");
        assertThat(rows.get(1)).isEqualTo("x".repeat(20));
        ChatText plain = new ChatText(false, 0, ZoneId.of("UTC"));
        assertThat(plain.rows(LobbyLine.parse("* 2023-11-14T22:13:20Z ann: hi")))
                .containsExactly("22:13 ann: hi");
        assertThat(plain.rows(LobbyLine.parse("ann: a: b"))).containsExactly("ann: a: b");
        assertThat(plain.rows(LobbyLine.parse("END"))).isEmpty();
        assertThat(plain.rows(LobbyLine.parse("x\u001b[2J"))).containsExactly("x\\u{1b}[2J");
        assertThat(LobbyLine.parse("ann Listens at: 6010")).isInstanceOf(LobbyLine.Row.class);
        assertThat(LobbyLine.parse("[::1]:6010 | ann => x")).isInstanceOf(LobbyLine.Row.class);
        assertThat(LobbyLine.parse("/query TEXT  files: all")).isInstanceOf(LobbyLine.Row.class);
        assertThat(LobbyLine.parse("ERROR full: no place: later"))
                .isEqualTo(new LobbyLine.Error("ERROR full: no place: later", "full", "no place: later"));
    }
}
