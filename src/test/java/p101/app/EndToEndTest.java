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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against each other in one JVM: a real index, real sharing peers, on loopback. */
class EndToEndTest {
    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private String index;

    @BeforeEach
    void startIndex() throws Exception {
        DemoStage.Background running =
                stage.start("index", "--bind", "127.0.0.1", "--port", "0", "--json", "--home", home("index"));
        JsonObject listening = json(running.await(line -> line.contains("listening")));
        index = "127.0.0.1:" + listening.get("port").getAsInt();
        stage.environment("P101_INDEX", index);
        cli.with("P101_INDEX", index);
    }

    @AfterEach
    void stopAll() {
        stage.close();
    }

    private String home(String name) {
        return folder.resolve("home-" + name).toString();
    }

    private static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    private Path file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    /** A sharing peer that has registered all of these. */
    private DemoStage.Background share(String name, Path... files) throws Exception {
        String[] words = new String[8 + files.length];
        List<String> options = List.of("share", "--json", "--bind", "127.0.0.1", "--name", name, "--home", home(name));
        for (int i = 0; i < words.length; i++) {
            words[i] = i < options.size() ? options.get(i) : files[i - options.size()].toString();
        }
        DemoStage.Background peer = stage.start(words);
        for (Path file : files) {
            peer.await(line -> line.contains("\"registered\"")
                    && line.contains(file.getFileName().toString()));
        }
        return peer;
    }

    @Test
    void anEmptyIndexIsAnEmptyListAndAPatternWithoutAMatchIsNotFound() {
        assertThat(cli.run("ls")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.run("ls", "nothing")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("find", "nothing")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("get", "nothing", "-o", folder + "/")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).hasLineCount(1);
    }

    @Test
    void lsAndFindShowPeopleAndProgramsTheSame() throws Exception {
        share("alice", file("a/song.txt", "la la"), file("a/other.txt", "more"));
        assertThat(cli.run("ls", "*.txt")).isZero();
        assertThat(cli.outLines()).hasSize(2).allMatch(line -> line.contains("alice"));
        assertThat(cli.run("ls", "--json", "song")).isZero();
        JsonObject row = json(cli.out());
        assertThat(row.get("name").getAsString()).isEqualTo("song.txt");
        assertThat(row.get("peer").getAsString()).isEqualTo("alice");
        assertThat(row.get("size").getAsLong()).isEqualTo(5);
        assertThat(row.get("complete").getAsBoolean()).isTrue();
        assertThat(row.get("fetch").getAsString()).isEqualTo("pdu");
        String id = row.get("id").getAsString();
        assertThat(cli.run("find", "--json", "song.txt")).isZero();
        assertThat(json(cli.out()).get("id").getAsString()).isEqualTo(id);
        assertThat(json(cli.out()).get("address").getAsString()).isEqualTo("127.0.0.1");
        assertThat(cli.run("find", "--id", id)).isZero();
        assertThat(cli.run("find", "song.txt", "--from", "bob")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("root", "--json", folder.resolve("a/song.txt").toString()))
                .isZero();
        assertThat(json(cli.out()).get("root").getAsString()).startsWith(id);
    }

    @Test
    void getPutsTheFileWhereItWasTold() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        Path named = folder.resolve("named.txt");
        assertThat(cli.run("get", "song.txt", "-o", named.toString())).isZero();
        assertThat(named).hasContent("la la");
        assertThat(cli.run("get", "song.txt", "-o", folder.resolve("made") + "/"))
                .isZero();
        assertThat(folder.resolve("made/song.txt")).hasContent("la la");
        assertThat(cli.run("get", "song.txt", "--dir", folder.resolve("dir").toString()))
                .isZero();
        assertThat(folder.resolve("dir/song.txt")).hasContent("la la");
        assertThat(cli.run("get", "song.txt", "-o", "-")).isZero();
        assertThat(cli.out()).isEqualTo("la la");
        assertThat(cli.run(
                        "get", "song.txt", "-o", folder.resolve("no/such/file").toString()))
                .isEqualTo(ExitCode.DISK);
        assertThat(cli.run("get", "song.txt", "song.txt", "-o", named.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anExistingFileIsTreatedAsAsked() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        String target = folder.resolve("target") + "/";
        Path mine = file("target/song.txt", "mine");
        assertThat(cli.run("get", "song.txt", "-o", target)).isEqualTo(ExitCode.DISK);
        assertThat(mine).hasContent("mine");
        assertThat(cli.run("get", "song.txt", "-o", target, "--existing", "rename"))
                .isZero();
        assertThat(mine).hasContent("mine");
        assertThat(folder.resolve("target/song (2).txt")).hasContent("la la");
        assertThat(cli.run("get", "song.txt", "-o", target, "--existing", "overwrite"))
                .isZero();
        assertThat(mine).hasContent("la la");
        assertThat(cli.run("get", "song.txt", "-o", target)).isZero();
        assertThat(cli.outLines())
                .containsExactly("song.txt: 5 B, is here already with this very content; left as it is");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.run("get", "song.txt", "-o", target, "--json")).isZero();
        assertThat(json(cli.out()).get("already_there").getAsBoolean()).isTrue();
        assertThat(cli.run("get", "song.txt", "-o", target, "--existing", "keep"))
                .isEqualTo(ExitCode.DISK);
    }

    @Test
    void whatIsNoOrdinaryFileIsNeverReplacedAndOverwritingNotAdvised() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        Path other = file("other.txt", "other");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), other);
        for (String existing : List.of("skip", "keep", "overwrite")) {
            assertThat(cli.run("get", "song.txt", "-o", link.toString(), "--existing", existing))
                    .isEqualTo(ExitCode.DISK);
            assertThat(cli.err()).contains("no ordinary file").doesNotContain("overwrite");
        }
        assertThat(cli.run("get", "song.txt", "-o", link.toString(), "--existing", "rename"))
                .isZero();
        assertThat(other).hasContent("other");
    }

    @Test
    void whatCannotBeSharedIsSaidBeforeAnythingIsStarted() {
        String missing = folder.resolve("missing").toString();
        assertThat(cli.run("share", missing, "--bind", "127.0.0.1", "--home", home("none")))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).isEqualTo("p101: " + missing + ": there is no such file or folder\n");
        assertThat(cli.run("share", "/dev/null", "--bind", "127.0.0.1", "--home", home("none")))
                .isEqualTo(ExitCode.DISK);
        assertThat(cli.err())
                .isEqualTo("p101: /dev/null cannot be shared: only ordinary files and folders can be shared\n");
        cli.stop.fire();
        assertThat(cli.err()).hasLineCount(1);
    }

    @Test
    void getEndsItsDownloadsAndThenSaysThatItsResultsAreLost() throws Exception {
        share("alice", file("a/one.txt", "1"), file("a/two.txt", "2"));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Console plain = cli.console();
        Console console =
                new Console(plain.in(), new Output(full), plain.messages(), plain.environment(), plain.stop(), false);
        assertThat(new Program(console).run("get", "one.txt", "two.txt", "-o", folder.resolve("got") + "/"))
                .isEqualTo(ExitCode.DISK);
        assertThat(cli.err()).endsWith("p101: standard output cannot be written: No space left on device\n");
        assertThat(folder.resolve("got/one.txt")).hasContent("1");
        assertThat(folder.resolve("got/two.txt")).hasContent("2");
    }

    @Test
    void getDoesSeveralFilesAtATimeAndFailsLikeTheFirstThatFailed() throws Exception {
        String[] words = new String[24];
        words[0] = "get";
        words[1] = "-o";
        words[2] = folder.resolve("many") + "/";
        words[3] = "missing.txt";
        Path[] files = new Path[20];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("a/f" + i + ".txt", "content " + i);
            words[4 + i] = "f" + i + ".txt";
        }
        file("many/f7.txt", "mine");
        share("alice", files);
        assertThat(cli.run(words)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.outLines()).hasSize(19).allMatch(line -> line.endsWith("verified"));
        assertThat(cli.err()).contains("p101: f7.txt: ").contains("p101: 19 of 21 files, 2 failed; ");
        for (int i = 0; i < files.length; i++) {
            assertThat(folder.resolve("many/f" + i + ".txt")).hasContent(i == 7 ? "mine" : "content " + i);
        }
    }

    @Test
    void getTellsProgramsWhatHappened() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        Path target = folder.resolve("song");
        assertThat(cli.run("get", "song.txt", "--json", "-o", target.toString()))
                .isZero();
        JsonObject done = json(cli.out());
        assertThat(done.get("path").getAsString()).isEqualTo(target.toString());
        assertThat(done.get("size").getAsLong()).isEqualTo(5);
        JsonObject source = done.getAsJsonArray("sources").get(0).getAsJsonObject();
        assertThat(source.get("peer").getAsString()).isEqualTo("alice");
        assertThat(source.get("bytes").getAsLong()).isEqualTo(5);
        assertThat(cli.run("get", "missing.txt", "--json", "-o", target.toString()))
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(json(cli.out()).get("error").getAsString()).isEqualTo("not-found");
        assertThat(cli.err()).isEqualTo("p101: missing.txt: nobody shares it\n");
        assertThat(cli.run(
                        "get", "song.txt", "-q", "-o", folder.resolve("quiet").toString()))
                .isZero();
        assertThat(cli.out() + cli.err()).isEmpty();
    }

    @Test
    void severalContentsOfOneNameAreChosenByPeerOrId() throws Exception {
        share("alice", file("a/song.txt", "the old one"));
        share("bob", file("b/song.txt", "the new one"));
        assertThat(cli.run("get", "song.txt", "-o", "-")).isZero();
        assertThat(cli.out()).isEqualTo("the new one");
        assertThat(cli.err()).contains("another content").contains("alice");
        assertThat(cli.run("get", "song.txt", "-o", "-", "--from", "alice")).isZero();
        assertThat(cli.out()).isEqualTo("the old one");
        assertThat(cli.run("find", "song.txt", "--from", "alice", "--json")).isZero();
        String id = json(cli.out()).get("id").getAsString();
        assertThat(cli.run("get", "song.txt", "-o", "-", "--id", id)).isZero();
        assertThat(cli.out()).isEqualTo("the old one");
    }

    @Test
    void statusAndUnshareReachTheRunningPeer() throws Exception {
        Path song = file("a/song.txt", "la la");
        share("alice", song, file("a/other.txt", "more"));
        assertThat(cli.run("status", "--json", "--home", home("alice"))).isZero();
        JsonObject status = json(cli.out());
        assertThat(status.get("process").getAsString()).isEqualTo("peer");
        assertThat(status.get("name").getAsString()).isEqualTo("alice");
        assertThat(status.get("registered").getAsString()).isEqualTo("2");
        assertThat(cli.run("status", "--home", home("index"))).isZero();
        assertThat(cli.out()).contains("files").contains("index");
        assertThat(cli.run("unshare", song.toString(), "--home", home("alice"))).isZero();
        assertThat(cli.run("unshare", "other.txt", "--home", home("alice"))).isZero();
        assertThat(cli.run("unshare", "other.txt", "--home", home("alice"))).isEqualTo(ExitCode.NOT_FOUND);
        awaitEmptyList();
    }

    @Test
    void whereNothingRunsNobodyAnswers() {
        assertThat(cli.run("status", "--home", home("nobody"))).isEqualTo(ExitCode.INDEX_SILENT);
        assertThat(cli.err()).hasLineCount(1).contains("nothing runs", "--home");
        assertThat(cli.run("unshare", "x", "--home", home("nobody"))).isEqualTo(ExitCode.INDEX_SILENT);
        assertThat(cli.err()).hasLineCount(1).contains("no peer runs", "--home");
    }

    @Test
    void statusSeesEveryGetThatGoesOnSharing() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        List<DemoStage.Background> sharing = List.of(keepSharing("first"), keepSharing("second"));
        Path run = folder.resolve("home-both/state/run");
        Path leftBehind = Files.createFile(run.resolve("get-999999999999.sock"));
        assertThat(cli.run("status", "--json", "--home", home("both"))).isZero();
        assertThat(cli.outLines()).hasSize(2);
        for (String line : cli.outLines()) {
            assertThat(json(line).get("process").getAsString()).isEqualTo("get");
            assertThat(json(line).get("registered").getAsString()).isEqualTo("1");
            assertThat(json(line).get("shared_files").getAsString()).isEqualTo("1");
            assertThat(json(line).get("port").getAsInt()).isPositive();
            assertThat(json(line).get("index").getAsString()).isEqualTo(index);
        }
        keepSharing("third");
        assertThat(leftBehind).doesNotExist();
        sharing.forEach(DemoStage.Background::stop);
        assertThat(cli.run("status", "--json", "--home", home("both"))).isZero();
        assertThat(cli.outLines()).hasSize(1);
        assertThat(json(cli.out()).get("name").getAsString()).isEqualTo("third");
    }

    @Test
    void whatIsHereAlreadyIsSharedToo() throws Exception {
        DemoStage.Background alice = share("alice", file("a/song.txt", "la la"));
        keepSharing("first").stop();
        DemoStage.Background again = keepSharing("first");
        assertThat(again.lines()).anyMatch(line -> line.contains("is here already"));
        alice.stop();
        assertThat(cli.run("status", "--json", "--home", home("both"))).isZero();
        assertThat(json(cli.out()).get("registered").getAsString()).isEqualTo("1");
        assertThat(cli.run("get", "song.txt", "-o", "-", "--from", "first")).isZero();
        assertThat(cli.out()).isEqualTo("la la");
    }

    /** A {@code get} of the home "both" that has come so far that others can fetch from it. */
    private DemoStage.Background keepSharing(String name) throws Exception {
        String target = folder.resolve(name) + "/";
        DemoStage.Background get = stage.start(
                "get",
                "song.txt",
                "--keep-sharing",
                "--name",
                name,
                "--bind",
                "127.0.0.1",
                "--home",
                home("both"),
                "-o",
                target);
        get.await(line -> line.contains("sharing what came"));
        long start = System.nanoTime();
        do {
            assertThat(cli.run("ls", "--json")).isZero();
        } while (!cli.out().contains('"' + name + '"') && System.nanoTime() - start < 10_000_000_000L);
        return get;
    }

    @Test
    void aPeerAndAnIndexMayHaveOneHome() throws Exception {
        DemoStage.Background both = stage.start(
                "share",
                file("a/song.txt", "la la").toString(),
                "--json",
                "--bind",
                "127.0.0.1",
                "--home",
                home("index"));
        both.await(line -> line.contains("\"registered\""));
        assertThat(cli.run("status", "--json", "--home", home("index"))).isZero();
        assertThat(cli.outLines()).hasSize(2);
    }

    @Test
    void anIndexNeedsNoHomeThatCanBeWritten() throws Exception {
        Path noFolder = file("no-folder", "");
        DemoStage.Background index =
                stage.start("index", "--bind", "127.0.0.1", "--port", "0", "--home", noFolder.toString());
        index.await(line -> line.startsWith("p101 index listening"));
        assertThat(index.lines()).anyMatch(line -> line.contains("nothing can be kept in the home"));
    }

    private void awaitEmptyList() {
        long start = System.nanoTime();
        do {
            assertThat(cli.run("ls")).isZero();
        } while (!cli.out().isEmpty() && System.nanoTime() - start < 10_000_000_000L);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void stoppingAPeerTakesItsFilesOffTheList() throws Exception {
        DemoStage.Background alice = share("alice", file("a/song.txt", "la la"));
        alice.stop();
        assertThat(json(alice.lines().get(alice.lines().size() - 1))
                        .get("confirmed")
                        .getAsBoolean())
                .isTrue();
        assertThat(cli.run("ls")).isZero();
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aTakenNameIsRefusedAndSaysWhatToDo() throws Exception {
        share("alice", file("a/song.txt", "la la"));
        DemoStage.Background other = stage.start(
                "share",
                file("b/song.txt", "lo lo").toString(),
                "--json",
                "--bind",
                "127.0.0.1",
                "--name",
                "alice",
                "--home",
                home("other"));
        assertThat(other.await(line -> line.contains("\"refused\""))).contains("--name");
    }

    @Test
    void whatIsInUseOrMissingIsSaid() throws Exception {
        Path song = file("a/song.txt", "la la");
        share("alice", song);
        assertThat(cli.run("share", song.toString(), "--name", "bob", "--home", home("alice")))
                .isEqualTo(ExitCode.IN_USE);
        assertThat(cli.err()).contains("--home");
        assertThat(cli.run("index", "--bind", "127.0.0.1", "--port", index.substring(index.indexOf(':') + 1)))
                .isEqualTo(ExitCode.IN_USE);
        assertThat(cli.err()).contains("another port");
        assertThat(cli.run("index", "--bind", "127.0.0.1", "--port", "0", "--home", home("index")))
                .isEqualTo(ExitCode.IN_USE);
        assertThat(cli.err()).hasLineCount(1).contains("the home " + home("index"), " is in use by process", "--home");
        assertThat(cli.out()).isEmpty();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(cli.run("share", song.toString(), "--bind", "127.0.0.1", "--port", port, "--home", home("port")))
                    .isEqualTo(ExitCode.IN_USE);
            assertThat(cli.err()).contains("port " + port);
        }
        assertThat(cli.run("share", folder.resolve("missing").toString(), "--home", home("missing")))
                .isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void theMenuWorksFromAPipeAndAsksForWhatIsMissing() throws Exception {
        file("files/a.txt", "a");
        cli.typing("\nLeonardo\nmany\n0\nR\na.txt\nO\n\n");
        assertThat(cli.run(
                        "peer",
                        "--bind",
                        "127.0.0.1",
                        "--home",
                        home("menu"),
                        "--dir",
                        folder.resolve("files").toString()))
                .isZero();
        assertThat(cli.outLines())
                .startsWith(
                        "Please enter preferred username:",
                        "Not a user name: a peer name may not be empty",
                        "Please enter preferred username:",
                        "Please enter listening port number for the P2P server:",
                        "A port is a number from 1 to 65535, or 0 for a free one",
                        "Please enter listening port number for the P2P server:")
                .contains("Successfully Registered", "User: Leonardo file: a.txt")
                .endsWith("Client Session Terminated");
        awaitEmptyList();
    }
}
