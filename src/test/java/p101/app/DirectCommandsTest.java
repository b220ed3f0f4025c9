package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.direct.DirectLimits;

/** {@code send} and {@code receive} against each other, on loopback, found through a real index. */
class DirectCommandsTest {
    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private DemoStage.Background receiver;
    private int port;

    @BeforeEach
    void startIndex() throws Exception {
        DemoStage.Background index = stage.start(
                "index",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--json",
                "--home",
                folder.resolve("i").toString());
        String address = "127.0.0.1:"
                + json(index.await(line -> line.contains("listening")))
                        .get("port")
                        .getAsInt();
        stage.environment("P101_INDEX", address);
        cli.with("P101_INDEX", address);
    }

    @AfterEach
    void stopAll() {
        stage.close();
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private Path received() {
        return folder.resolve("received");
    }

    private void receive(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "receive",
                "--json",
                "--port",
                "0",
                "--name",
                "bob",
                "--dir",
                received().toString(),
                "--home",
                folder.resolve("bob").toString()));
        words.addAll(List.of(options));
        if (!words.contains("--bind")) {
            words.addAll(List.of("--bind", "127.0.0.1"));
        }
        receiver = stage.start(words.toArray(String[]::new));
        port = json(receiver.await(line -> line.contains("listening")))
                .get("port")
                .getAsInt();
        if (!words.contains("--no-index")) {
            receiver.await(line -> line.contains("others find this peer"));
        }
    }

    private Path file(String name, int size) throws Exception {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        Path path = folder.resolve(name);
        Files.write(path, bytes);
        return path;
    }

    @Test
    void aTextGoesToAPeerByName() throws Exception {
        receive();
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", "Hello", "\u001b[31mBob\u0007"))
                .isZero();
        assertThat(cli.out()).isEqualTo("delivered to bob\n");
        JsonObject event = json(receiver.await(line -> line.contains("\"text\"")));
        assertThat(event.get("text").getAsString()).isEqualTo("Hello \u001b[31mBob\u0007");
        assertThat(event.get("from").getAsString()).isEqualTo("alice");
        assertThat(event.get("published").getAsBoolean()).isFalse();
        assertThat(cli.typing("from a pipe").run("send", "--to", "127.0.0.1:" + port, "-"))
                .isZero();
        receiver.await(line -> line.contains("from a pipe"));
        assertThat(cli.run("send", "--to", "bob", "--published", "plain words")).isZero();
        assertThat(json(receiver.await(line -> line.contains("plain words")))
                        .get("published")
                        .getAsBoolean())
                .isTrue();
        assertThat(cli.run("send", "--to", "carol", "x")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).contains("carol").contains("p101 receive");
        assertThat(cli.run("find", "p101-receive", "--from", "bob")).isZero();
        assertThat(cli.out()).contains("127.0.0.1:" + port).contains("listed only");
    }

    @Test
    void aFileGoesAcrossIsVerifiedAndReplacesNothing() throws Exception {
        receive("--accept", "alice");
        Path song = file("song.bin", 3_000_000);
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", "--file", song.toString()))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).contains("stored and verified");
        receiver.await(line -> line.contains("\"file\""));
        assertThat(Files.mismatch(received().resolve("song.bin"), song)).isEqualTo(-1);
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", song.toString()))
                .isZero();
        assertThat(cli.out()).contains("was there already");
        assertThat(cli.err()).contains("sending the file");
        Files.write(song, new byte[] {1, 2, 3});
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", "--json", "--file", song.toString()))
                .isZero();
        assertThat(json(cli.out()).get("delivered").getAsBoolean()).isTrue();
        assertThat(received().resolve("song (2).bin")).hasBinaryContent(new byte[] {1, 2, 3});
        Path empty = file("empty.txt", 0);
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", "--file", empty.toString()))
                .isZero();
        assertThat(received().resolve("empty.txt")).isEmptyFile();
    }

    /** The second one would have the key of the first, and take its row back when it ends. */
    @Test
    void aSecondReceiverInOneHomeIsRefused() throws Exception {
        receive();
        String home = folder.resolve("bob").toString();
        String[] second = {"receive", "--port", "0", "--name", "bob2", "--bind", "127.0.0.1", "--home", home};
        assertThat(cli.run(second)).isEqualTo(ExitCode.IN_USE);
        assertThat(cli.err()).contains(" is in use by process ").contains("--home");
        assertThat(cli.run("send", "--to", "bob", "still here")).as(cli.err()).isZero();
        stage.start("receive", "--port", "0", "--no-index", "--bind", "127.0.0.1", "--home", home)
                .await(line -> line.contains("receiving as"));
        DemoStage.Background peer = stage.start(
                "share",
                "--json",
                "--port",
                "0",
                "--name",
                "eve",
                "--bind",
                "127.0.0.1",
                "--home",
                home,
                file("a.bin", 9).toString());
        peer.await(line -> line.contains("a.bin"));
        receiver.stop();
        DemoStage.Background again = stage.start(second);
        again.await(line -> line.contains("others find this peer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.2.3", "1.2.3.", "10.0.0.256", "fe80:::1", "a name that is far too long"})
    void aRuleThatCanMatchNobodyIsRefused(String rule) {
        cli.stop.fire();
        assertThat(cli.run("receive", "--no-index", "--port", "0", "--bind", "127.0.0.1", "--accept", rule))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--accept: '" + rule + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "alice", "7", "10.0.0.25", "::1", "fe80:0:0:0:0:0:0:1", "v1.2", "änne"})
    void aRuleThatCanMatchIsTaken(String rule) {
        assertThat(ReceiveRules.isRule(rule)).isTrue();
    }

    @Test
    void withoutATerminalOnlyWhatTheOptionsAllowIsTaken() throws Exception {
        receive("--accept", "alice", "--max-size", "1K");
        Path large = file("large.bin", 2_000);
        assertThat(cli.run("send", "--to", "bob", "--name", "alice", "--file", large.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err()).contains("larger than the receiver takes");
        Path small = file("small.bin", 200);
        assertThat(cli.run("send", "--to", "bob", "--name", "mallory", "--file", small.toString()))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(cli.err()).contains("declined");
        assertThat(received().resolve("small.bin")).doesNotExist();
        assertThat(cli.run(
                        "send", "--to", "bob", "--file", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope/x.jpg", "a.txt", "nope\\\\x", "my photos/x.jpg", "/nope"})
    void aMistypedPathIsNotSentAsWords(String word) {
        assertThat(cli.run("send", "--to", "127.0.0.1:1", "--wait", "1s", word)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).contains("there is no file").contains("--text");
    }

    @Test
    void aFolderIsNotSentAsWords() {
        assertThat(cli.run("send", "--to", "127.0.0.1:1", "--wait", "1s", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("is a folder").contains("--text");
    }

    @Test
    void wordsThatAreNoPathStayTexts() throws Exception {
        receive("--no-index");
        String to = "127.0.0.1:" + port;
        for (String word :
                List.of("hello", "Lunch?", "well...", "https://example.org/a.html", "at 12/3 or so", "I like a.txt")) {
            assertThat(cli.run("send", "--to", to, word)).as(word).isZero();
            receiver.await(line -> line.contains("\"" + word + "\""));
        }
        assertThat(cli.run("send", "--to", to, "--text", "nope/x.jpg")).isZero();
        receiver.await(line -> line.contains("nope/x.jpg"));
        assertThat(cli.run("send", "--to", to, "nope/x.jpg", "is", "gone")).isZero();
        receiver.await(line -> line.contains("nope/x.jpg is gone"));
    }

    @ParameterizedTest
    @CsvSource({
        "xterm-256color, truecolor, 38;2;255;128;0",
        "xterm-256color, 24bit, 38;2;255;128;0",
        "xterm-256color, '', 38;5;208",
        "screen-256color, yes, 38;5;208"
    })
    void onATerminalAPersonIsAskedAndSeesThePicture(String term, String colourTerm, String expected) throws Exception {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF8000);
        Path picture = folder.resolve("photo.png");
        ImageIO.write(image, "png", picture.toFile());
        Cli bob = new Cli().with("TERM", term).with("COLORTERM", colourTerm).onTerminal();
        try (java.io.PipedInputStream keyboard = new java.io.PipedInputStream();
                java.io.PipedOutputStream fingers = new java.io.PipedOutputStream(keyboard)) {
            Console console = new Console(
                    keyboard, bob.console().out(), bob.console().messages(), bob.environment, bob.stop, true);
            Thread running = new Thread(() -> new Program(console)
                    .run(
                            "receive",
                            "--no-index",
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            "0",
                            "--once",
                            "--dir",
                            received().toString()));
            running.start();
            String at = portOf(bob);
            Thread answering = new Thread(() -> {
                try {
                    while (!bob.err().contains("Take it?")) {
                        Thread.onSpinWait();
                    }
                    fingers.write("y\n".getBytes(StandardCharsets.US_ASCII));
                    fingers.flush();
                } catch (java.io.IOException closed) {
                    throw new java.io.UncheckedIOException(closed);
                }
            });
            answering.start();
            assertThat(cli.run("send", "--to", "127.0.0.1:" + at, "--name", "alice", "--file", picture.toString()))
                    .as(cli.err())
                    .isZero();
            running.join(20_000);
            assertThat(running.isAlive()).isFalse();
        }
        assertThat(bob.err()).contains("alice (127.0.0.1) offers photo.png, ").contains("Take it?");
        assertThat(bob.out())
                .contains("photo.png: ")
                .contains("verified")
                .contains("\u2580")
                .contains(expected + "m");
        assertThat(Files.mismatch(received().resolve("photo.png"), picture)).isEqualTo(-1);
    }

    /** The port that a receiver on a terminal has told. */
    private static String portOf(Cli receiver) {
        java.util.regex.Pattern told = java.util.regex.Pattern.compile("at port ([0-9]+),");
        long start = System.nanoTime();
        while (System.nanoTime() - start < 20_000_000_000L) {
            java.util.regex.Matcher matcher = told.matcher(receiver.err());
            if (matcher.find()) {
                return matcher.group(1);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("it never listened: " + receiver.err());
    }

    @Test
    void aPublishedPictureIsSentAndReceivedPixelByPixel() throws Exception {
        receive("--accept", "all");
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 35; i++) {
            image.setRGB(i % 7, i / 7, i * 0x050301);
        }
        Path picture = folder.resolve("photo.bmp");
        ImageIO.write(image, "bmp", picture.toFile());
        assertThat(cli.run("send", "--to", "bob", "--published", "--file", picture.toString()))
                .as(cli.err())
                .isZero();
        JsonObject event = json(receiver.await(line -> line.contains("\"width\"")));
        BufferedImage came =
                ImageIO.read(Path.of(event.get("path").getAsString()).toFile());
        assertThat(came.getWidth()).isEqualTo(7);
        assertThat(came.getHeight()).isEqualTo(5);
        for (int i = 0; i < 35; i++) {
            assertThat(came.getRGB(i % 7, i / 7) & 0xFFFFFF).isEqualTo(i * 0x050301);
        }
        assertThat(received().resolve("photo.png")).exists();
    }

    /** The published programs, written from the rules: one sends without any mark, one receives once. */
    @Test
    void publishedTextProgramsUnderstandOurs() throws Exception {
        receive();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("from a published program".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readNBytes(3))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("ACK");
        }
        receiver.await(line -> line.contains("from a published program"));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StringBuilder shown = new StringBuilder();
            Thread published = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    byte[] buffer = new byte[1024];
                    int count = socket.getInputStream().read(buffer);
                    shown.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    socket.getOutputStream().write("ACK".getBytes(StandardCharsets.US_ASCII));
                } catch (java.io.IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            published.start();
            assertThat(cli.run("send", "--to", "127.0.0.1:" + server.getLocalPort(), "Hi there"))
                    .isZero();
            published.join();
            assertThat(shown.toString()).isEqualTo("\u0002Hi there");
        }
    }

    /** Behind an address of this machine there may be a tunnel: offers pass it, and large chunks do not. */
    @Test
    void aWayThatCarriesOnlySmallDatagramsGetsSmallChunks() throws Exception {
        receive("--accept", "all");
        Path song = file("song.bin", 1_500_000);
        try (DatagramRelay relay = new DatagramRelay(port)) {
            relay.carryAtMost(DirectLimits.SAFE_CHUNK_BYTES + 72);
            assertThat(cli.run("send", "--to", "127.0.0.1:" + relay.port(), "--file", song.toString()))
                    .as(cli.err())
                    .isZero();
            assertThat(cli.err()).contains("large datagrams do not reach the receiver");
            assertThat(relay.carriedBytes()).isLessThan(1_500_000 * 13 / 10);
        }
        receiver.await(line -> line.contains("\"file\""));
        assertThat(Files.mismatch(received().resolve("song.bin"), song)).isEqualTo(-1);
    }

    @Test
    void textsAndFilesGoOverIpv6() throws Exception {
        try (java.net.DatagramSocket probe = new java.net.DatagramSocket(0, InetAddress.getByName("::1"))) {
            assertThat(probe.getLocalPort()).isPositive();
        } catch (java.io.IOException none) {
            Assumptions.abort("this machine has no IPv6");
        }
        receive("--accept", "::1", "--bind", "::1", "--no-index");
        Path song = file("song.bin", 1_500_000);
        String to = "[::1]:" + port;
        assertThat(cli.run("send", "--to", to, "--file", song.toString()))
                .as(cli.err())
                .isZero();
        receiver.await(line -> line.contains("\"file\""));
        assertThat(Files.mismatch(received().resolve("song.bin"), song)).isEqualTo(-1);
        assertThat(cli.run("send", "--to", to, "over six")).isZero();
        receiver.await(line -> line.contains("over six"));
    }

    @ParameterizedTest
    @CsvSource({"--server, 1.2.3", "--server, 7:8000", "--lobby, 1.2.3", "--lobby, host:0"})
    void theMenuAsksNothingWhenAnOptionIsNoAddress(String option, String address) {
        assertThat(cli.typing("dora\n0\nQ\n").run("peer", option, address)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains(option).contains(address);
    }

    /** A person at the menu of a peer called dora; types what is asked for when it is there. */
    private final class Dora implements AutoCloseable {
        final Cli cli = new Cli()
                .with("TERM", "xterm-256color")
                .with("P101_INDEX", DirectCommandsTest.this.cli.environment.get("P101_INDEX"));
        private final java.io.PipedOutputStream fingers = new java.io.PipedOutputStream();
        private final Thread running;

        Dora(boolean terminal) throws Exception {
            java.io.PipedInputStream keyboard = new java.io.PipedInputStream(fingers);
            Console console = new Console(
                    keyboard, cli.console().out(), cli.console().messages(), cli.environment, cli.stop, terminal);
            String[] words = {
                "peer",
                "--name",
                "dora",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--home",
                folder.resolve("dora").toString(),
                "--dir",
                received().toString()
            };
            running = new Thread(() -> new Program(console).run(words));
            running.start();
        }

        void type(String line) throws Exception {
            fingers.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            fingers.flush();
        }

        /** Presses V until this is there. */
        void view(String wanted) throws Exception {
            long start = System.nanoTime();
            int from = 0;
            while (!cli.out().contains(wanted)) {
                assertThat(System.nanoTime() - start).as(cli.out()).isLessThan(20_000_000_000L);
                if (cli.out().substring(from).contains("[Q] Quit")) {
                    from = cli.out().length();
                    type("V");
                }
                running.join(20);
            }
        }

        String port() throws Exception {
            view("from now on");
            java.util.regex.Matcher told =
                    java.util.regex.Pattern.compile("at port ([0-9]+) ").matcher(cli.out());
            assertThat(told.find()).isTrue();
            return told.group(1);
        }

        @Override
        public void close() throws java.io.IOException {
            fingers.write("Q\n".getBytes(StandardCharsets.US_ASCII));
            fingers.close();
            try {
                running.join(20_000);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            assertThat(running.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void theMenuTakesAPictureAndShowsItWhereItCan(boolean terminal, boolean published) throws Exception {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xFF8000);
        Path picture = folder.resolve("photo.png");
        ImageIO.write(image, "png", picture.toFile());
        Files.createDirectories(received());
        Files.writeString(received().resolve("photo.png"), "mine");
        java.io.ByteArrayOutputStream printed;
        try (Dora dora = new Dora(terminal)) {
            List<String> words =
                    new ArrayList<>(List.of("send", "--to", "127.0.0.1:" + dora.port(), "--file", picture.toString()));
            words.addAll(published ? List.of("--published") : List.of("--name", "alice"));
            int[] exitCode = {-1};
            Thread sending = new Thread(() -> exitCode[0] = cli.run(words.toArray(String[]::new)));
            sending.start();
            dora.view("Take it? (y/n)");
            assertThat(dora.cli.out())
                    .contains(published ? "offers the picture " : "alice (127.0.0.1) offers photo.png, ");
            assertThat(received().resolve("photo (2).png")).doesNotExist();
            dora.type("y");
            sending.join(20_000);
            assertThat(exitCode[0]).as(cli.err()).isZero();
            dora.view("received photo (2).png (V)\n");
            dora.view(
                    published
                            ? "photo (2).png from 127.0.0.1, in the published form, not verified\n"
                            : "photo (2).png from alice (127.0.0.1), verified\n");
            if (terminal) {
                dora.view("38;5;208m");
            }
            printed = dora.cli.out;
        }
        String seen = printed.toString(StandardCharsets.UTF_8);
        assertThat(seen.chars().filter(c -> c == 0x2580)).hasSize(terminal ? 20 * 5 : 0);
        assertThat(received().resolve("photo.png")).hasContent("mine");
        assertThat(ImageIO.read(received().resolve("photo (2).png").toFile()).getRGB(0, 0) & 0xFFFFFF)
                .isEqualTo(0xFF8000);
    }

    @Test
    void theMenuSendsATextAndReceives() throws Exception {
        receive();
        cli.typing("W\nbob\nlunch at noon\nW\ncarol\nhello\nW\n\n\nV\nQ\n");
        assertThat(cli.run(
                        "peer",
                        "--name",
                        "dora",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--home",
                        folder.resolve("dora").toString(),
                        "--dir",
                        folder.resolve("dora-files").toString()))
                .isZero();
        assertThat(cli.out())
                .contains("Delivered")
                .contains("nobody called 'carol' receives")
                .contains("Not sent")
                .contains("Receiving as dora at port ");
        JsonObject event = json(receiver.await(line -> line.contains("lunch at noon")));
        assertThat(event.get("from").getAsString()).isEqualTo("dora");
    }
}
