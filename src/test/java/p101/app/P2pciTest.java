package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that speak P2P-CI, against a real index with both doors, a sharing peer and other people's programs. */
class P2pciTest {
    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private final List<TextProgram> programs = new ArrayList<>();
    private int port;
    private String server;

    @BeforeEach
    void startIndex() throws Exception {
        JsonObject listening = json(index("index", "--bind", "127.0.0.1", "--bind", "127.0.0.2", "--json", "--p2pci=0")
                .await(line -> line.contains("listening")));
        port = listening.get("p2pci_port").getAsInt();
        server = "127.0.0.1:" + port;
        String index = "127.0.0.1:" + listening.get("port").getAsInt();
        stage.environment("P101_INDEX", index);
        stage.environment("P101_P2PCI_SERVER", server);
        cli.with("P101_INDEX", index).with("P101_P2PCI_SERVER", server).with("P101_HOME", home("cli"));
    }

    @AfterEach
    void stopAll() throws IOException {
        for (TextProgram program : programs) {
            program.close();
        }
        stage.close();
    }

    private DemoStage.Background index(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("index", "--port", "0", "--home", home(name)));
        words.addAll(List.of(more));
        return stage.start(words.toArray(String[]::new));
    }

    private String home(String name) {
        return folder.resolve("home-" + name).toString();
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private TextProgram program(String content) throws IOException {
        TextProgram program = new TextProgram(InetAddress.getByName("127.0.0.1"), port, content, () -> true);
        programs.add(program);
        return program;
    }

    private void share(String name, String content) throws Exception {
        Path file = Files.writeString(folder.resolve(name), content);
        stage.start("share", "--json", "--bind", "127.0.0.1", "--name", "ann", "--home", home("ann"), file.toString())
                .await(line -> line.contains("\"registered\""));
    }

    private String into(String name) {
        return folder.resolve(name) + "/";
    }

    @Test
    void theIndexTellsWhereThePortIsAndWithoutTheOptionThereIsNone() throws Exception {
        String line = index("plain", "--bind", "127.0.0.1", "--p2pci=0").await(text -> text.contains("P2P-CI"));
        assertThat(line).matches("P2P-CI on TCP port [1-9][0-9]*");
        JsonObject none =
                json(index("none", "--bind", "127.0.0.1", "--json").await(text -> text.contains("listening")));
        assertThat(none.has("p2pci_port")).isFalse();
    }

    @Test
    void aPortThatIsInUseIsNamedWithWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int inUse = taken.getLocalPort();
            assertThat(cli.run("index", "--bind", "127.0.0.1", "--port", "0", "--p2pci=" + inUse))
                    .isEqualTo(ExitCode.IN_USE);
            assertThat(cli.err())
                    .isEqualTo("p101: TCP port " + inUse
                            + " is in use by another program: choose another one with --p2pci=PORT\n");
            assertThat(cli.out()).isEmpty();
        }
        assertThat(cli.run("index", "--bind", "127.0.0.1", "--port", "0", "--p2pci=70000"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void allAddressesAreOneIndexAndTheStatusCounts() throws Exception {
        TextProgram here = program("x");
        assertThat(here.add(5, "A Title", "lab.example"))
                .isEqualTo("P2P-CI/1.0 200 OK\nRFC 5 A Title lab.example " + here.port() + "\n");
        TextProgram there = new TextProgram(InetAddress.getByName("127.0.0.2"), port, "x", () -> true);
        programs.add(there);
        assertThat(there.say("LOOKUP RFC 5 P2P-CI/1.0\n\n")).contains("RFC 5 A Title lab.example");
        there.say("BAD RFC 5 P2P-CI/1.0\n\n");
        there.say("LIST ALL P2P-CI/2.0\n\n");
        assertThat(cli.run("status", "--json", "--home", home("index"))).isZero();
        JsonObject status = json(cli.out());
        assertThat(status.get("p2pci_connections").getAsInt()).isEqualTo(2);
        assertThat(status.get("p2pci_requests").getAsInt()).isEqualTo(4);
        assertThat(status.get("p2pci_bad_requests").getAsInt()).isEqualTo(1);
        assertThat(status.get("p2pci_wrong_versions").getAsInt()).isEqualTo(1);
        assertThat(status.keySet()).contains("p2pci_turned_away", "p2pci_floods", "p2pci_stalls");
    }

    @Test
    void anAddedRfcIsListedAsLongAsTheCommandRuns() throws Exception {
        DemoStage.Background adding = stage.start("p2pci", "add", "42", "My", "Title", "--port", "6011");
        adding.await(line -> line.equals("RFC 42 My Title 127.0.0.1 6011"));
        assertThat(cli.run("p2pci", "list")).isZero();
        assertThat(cli.outLines()).containsExactly("P2P-CI/1.0 200 OK", "RFC 42 My Title 127.0.0.1 6011");
        assertThat(cli.run("p2pci", "lookup", "042")).isZero();
        assertThat(cli.outLines()).containsExactly("P2P-CI/1.0 200 OK", "RFC 42 My Title 127.0.0.1 6011");
        adding.stop();
        awaitEmptyList();
        assertThat(cli.run("p2pci", "add", "42", "T", "--once")).isZero();
        awaitEmptyList();
    }

    private void awaitEmptyList() {
        long start = System.nanoTime();
        while (cli.run("p2pci", "list") == ExitCode.OK && System.nanoTime() - start < 10_000_000_000L) {
            Thread.onSpinWait();
        }
        assertThat(cli.outLines()).containsExactly("P2P-CI/1.0 404 Not Found");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(cli.run("p2pci", "lookup", "7")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.outLines()).containsExactly("P2P-CI/1.0 404 Not Found");
        assertThat(cli.run("p2pci", "get", "7")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("p2pci", "lookup", "../../x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("p2pci", "add", "7")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("p2pci", "add", "7", "t", "--host", "a b")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("p2pci", "fly")).isEqualTo(ExitCode.USAGE);
        program("x").add(8, "t", "no:host");
        assertThat(cli.run("p2pci", "get", "8")).isEqualTo(ExitCode.NO_SOURCE);
        assertThat(cli.err()).contains("none of the hosts that the index names is known here");
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        assertThat(cli.run("p2pci", "list", "--server", "127.0.0.1:" + nobody)).isEqualTo(ExitCode.INDEX_SILENT);
    }

    @Test
    void whatAPeerSharesIsFetchedByGet() throws Exception {
        share("rfc500.txt", "five hundred\n");
        assertThat(cli.run("p2pci", "lookup", "500")).isZero();
        assertThat(cli.out()).contains("RFC 500 rfc500.txt 127.0.0.1 ");
        assertThat(cli.run("p2pci", "get", "500", "--dir", into("a"))).isZero();
        assertThat(folder.resolve("a/rfc500.txt")).hasContent("five hundred\n");
        assertThat(cli.out()).endsWith("not verified\n");
    }

    @Test
    void whatAProgramAddsIsListedAndFetchedAndNobodyIsToldThatItIsVerified() throws Exception {
        program("six hundred\n").add(600, "Six Hundred");
        assertThat(cli.run("ls", "--json")).isZero();
        assertThat(json(cli.out()).get("fetch").getAsString()).isEqualTo("p2p-ci");
        assertThat(json(cli.out()).get("id").isJsonNull()).isTrue();
        assertThat(cli.run("ls")).isZero();
        assertThat(cli.out()).startsWith("         -  -    ").endsWith("rfc600.txt\n");
        assertThat(cli.run("get", "rfc600.txt", "-o", into("a"))).isZero();
        assertThat(folder.resolve("a/rfc600.txt")).hasContent("six hundred\n");
        assertThat(cli.out()).endsWith("not verified\n");
        assertThat(cli.err()).contains("from one program: only its length could be checked");
        assertThat(cli.run("get", "rfc600.txt", "--json", "-o", into("b"))).isZero();
        assertThat(json(cli.out()).get("verified").getAsBoolean()).isFalse();
    }

    @Test
    void twoProgramsAreComparedBeforeTheCommandEnds() throws Exception {
        program("the same\n".repeat(20_000)).add(600, "One");
        program("the same\n".repeat(20_000)).add(600, "Other");
        program("one\n").add(601, "One");
        program("two\n").add(601, "Other");
        assertThat(cli.run("get", "rfc600.txt", "-o", into("a"))).isZero();
        assertThat(cli.err()).contains("two programs sent the same content");
        assertThat(cli.run("get", "rfc601.txt", "-o", into("a"))).isZero();
        assertThat(cli.err()).contains("two programs sent different content");
    }

    @Test
    void onATerminalItIsShownHowAFileComes() throws Exception {
        cli.onTerminal();
        String content = "0123456789".repeat(10_000);
        TextProgram slow = new TextProgram(
                InetAddress.getByName("127.0.0.1"),
                port,
                content,
                () -> cli.err().contains("of 97.7 KiB"));
        programs.add(slow);
        slow.add(700, "Slow");
        assertThat(cli.run("get", "rfc700.txt", "-o", into("a"))).isZero();
        assertThat(cli.err()).contains("rfc700.txt  0%  ").contains(" of 97.7 KiB  ");
        assertThat(folder.resolve("a/rfc700.txt")).hasContent(content);
    }

    @Test
    void theMenuHasThemAllAndDoesNotCallVerifiedWhatIsNot() throws Exception {
        program("eight hundred\n").add(800, "Eight");
        program("nine hundred\n").add(900, "Nine");
        cli.typing("A\nx\nA\n42\nMy Title\nK\n42\nI\nG\n800\nD\nrfc900.txt\nQ\n");
        assertThat(cli.run(
                        "peer",
                        "--name",
                        "leo",
                        "--port",
                        "0",
                        "--bind",
                        "127.0.0.1",
                        "--home",
                        home("leo"),
                        "--dir",
                        Files.createDirectories(folder.resolve("files")).toString()))
                .isZero();
        assertThat(cli.outLines())
                .contains(
                        "[A] Add an RFC to the P2P-CI index",
                        "[K] Look up an RFC in the P2P-CI index",
                        "[I] List the P2P-CI index",
                        "[G] Get an RFC from a P2P-CI peer",
                        "Not the number of an RFC: give digits alone")
                .anyMatch(line -> line.matches("RFC 42 My Title 127.0.0.1 [0-9]+"))
                .anyMatch(line -> line.startsWith("RFC 800 Eight 127.0.0.1 "))
                .anyMatch(line -> line.startsWith("rfc900.txt: downloaded, not verified, 13 bytes"));
        assertThat(cli.out()).contains("only its length could be checked");
        assertThat(folder.resolve("files/rfc900.txt")).hasContent("nine hundred\n");
        awaitOnly("RFC 800", "RFC 900");
    }

    /** The menu left, so its RFC goes too. */
    private void awaitOnly(String... beginnings) {
        long start = System.nanoTime();
        do {
            assertThat(cli.run("p2pci", "list")).isZero();
        } while (cli.outLines().size() != 1 + beginnings.length && System.nanoTime() - start < 10_000_000_000L);
        for (int i = 0; i < beginnings.length; i++) {
            assertThat(cli.outLines().get(i + 1)).startsWith(beginnings[i]);
        }
    }
}
