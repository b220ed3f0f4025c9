package p101.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import p101.model.Shown;

/**
 * {@code p101 demo}: the main job on real files, with the program's own commands, told as it happens. Every claim of the
 * story is a check; the exit code is 0 only when all hold.
 */
final class DemoCommand implements Command {
    private static final int BIG_BYTES = 48 << 20;
    private static final String BIG = "lecture.bin";
    private static final String NOTES = "notes.txt";
    private static final String PERSIAN = "یادداشت‌ها.txt";
    private static final String LONG =
            "The report of the working group on naming things, second edition, with tables.txt";

    private DemoStage stage;
    private int checks;
    private int broken;

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String summary() {
        return "Show the main job on this machine: share, list, find, fetch, verify.";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public String notes() {
        return "An index and three peers on loopback, in a temporary folder that is removed at the end.";
    }

    @Override
    public int run(Arguments arguments, Console console) throws Exception {
        Path folder = Files.createTempDirectory("p101-demo");
        stage = new DemoStage(console.out());
        console.stop().onStop(() -> Folders.delete(folder));
        try (DemoStage closing = stage) {
            tellStory(folder, closing);
        } finally {
            Folders.delete(folder);
        }
        stage.tell("");
        if (broken > 0) {
            throw new CommandFailure(ExitCode.FAILED, broken + " of " + checks + " checks of the demo do not hold");
        }
        stage.tell("All " + checks + " checks hold.");
        return ExitCode.OK;
    }

    private void tellStory(Path folder, DemoStage on) throws IOException, InterruptedException {
        makeFiles(folder);
        startIndex(folder, on);
        DemoStage.Background alice = share(folder, "alice", 3);
        DemoStage.Background bob = share(folder, "bob", 2);
        listAndFind();
        playCarol(folder);
        fetchOnce(folder);
        quit(alice, bob);
    }

    private void makeFiles(Path folder) throws IOException {
        stage.tell("Real files, in " + folder + ": alice and bob both have " + BIG + " (" + Texts.size(BIG_BYTES)
                + " of random bytes).");
        byte[] big = new byte[BIG_BYTES];
        new SplittableRandom().nextBytes(big);
        for (String peer : List.of("alice", "bob", "carol", "dave")) {
            Files.createDirectories(folder.resolve(peer));
        }
        Files.write(folder.resolve("alice").resolve(BIG), big);
        Files.write(folder.resolve("bob").resolve(BIG), big);
        Files.writeString(folder.resolve("alice").resolve(NOTES), "Every PDU has 101 bytes.\n");
        Files.writeString(folder.resolve("alice").resolve(PERSIAN), "سلام\n");
        Files.writeString(folder.resolve("bob").resolve(LONG), "A name longer than a PDU can carry.\n");
        Files.writeString(folder.resolve("carol").resolve("carol.txt"), "Hello from carol.\n");
    }

    private void startIndex(Path folder, DemoStage on) throws IOException, InterruptedException {
        stage.tell("");
        stage.tell("1. An index knows who shares what. It answers on UDP.");
        DemoStage.Background index = on.start(
                "index",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--home",
                folder.resolve("home-index").toString());
        String listening = index.await(line -> line.startsWith("p101 index listening"));
        stage.tell("    " + listening);
        on.environment("P101_INDEX", listening.substring(listening.lastIndexOf(' ') + 1));
    }

    private DemoStage.Background share(Path folder, String name, int files) throws IOException, InterruptedException {
        stage.tell("");
        stage.tell("2. The peer " + name + " shares a folder: each file is hashed, then registered with the index.");
        DemoStage.Background peer = stage.start(
                "share",
                folder.resolve(name).toString(),
                "--name",
                name,
                "--bind",
                "127.0.0.1",
                "--home",
                folder.resolve("home-" + name).toString(),
                "--json");
        peer.await(line -> peer.lines().stream()
                        .filter(event -> event.contains("\"registered\""))
                        .count()
                >= files);
        peer.lines().forEach(line -> stage.tell("    " + line));
        return peer;
    }

    private void listAndFind() {
        stage.tell("");
        stage.tell("3. Anybody lists what there is, and finds who has a file.");
        String list = stage.run("ls").output();
        check("the list shows the five files", list.lines().count() == 5 && list.contains(NOTES));
        check("a name in Persian comes through whole", list.contains(PERSIAN));
        check("find names both sources", stage.run("find", BIG).output().lines().count() == 2);
    }

    private void playCarol(Path folder) throws IOException {
        stage.tell("");
        stage.tell("4. The third peer, carol, uses the menu: she registers a file, downloads " + BIG
                + " from both sources at once,");
        stage.tell("   and thereby becomes a source herself. Then she quits.");
        int[] sourcesWithCarol = new int[1];
        TypedInput typing = new TypedInput(
                line -> {
                    if (line.equals("Q")) {
                        String found = stage.run("find", BIG).output();
                        sourcesWithCarol[0] = (int) found.lines().count();
                    }
                    stage.tell("    > " + line);
                },
                "R",
                "carol.txt",
                "O",
                BIG,
                "Q");
        String home = folder.resolve("home-carol").toString();
        String files = folder.resolve("carol").toString();
        String menu = stage.run(
                        typing,
                        "peer",
                        "--name",
                        "carol",
                        "--port",
                        "0",
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        files,
                        "--home",
                        home)
                .output();
        check("carol registered her file", menu.contains("Successfully Registered"));
        check(
                "the download came from alice and from bob",
                menu.contains("from alice (") && menu.contains(", bob (")
                        || menu.contains("from bob (") && menu.contains(", alice ("));
        check("then carol was a third source", sourcesWithCarol[0] == 3);
        checkSame(folder.resolve("alice").resolve(BIG), folder.resolve("carol").resolve(BIG));
        check(
                "after she quit there are two",
                stage.run("find", BIG).output().lines().count() == 2);
    }

    private void fetchOnce(Path folder) throws IOException {
        stage.tell("");
        stage.tell("5. Without a peer of one's own: get downloads, verifies and ends. A long name comes back whole.");
        String target = folder.resolve("dave") + "/";
        int exitCode = stage.run("get", NOTES, PERSIAN, LONG, "-o", target).exitCode();
        check("get ended with 0", exitCode == ExitCode.OK);
        checkSame(folder.resolve("alice").resolve(NOTES), folder.resolve("dave").resolve(NOTES));
        checkSame(
                folder.resolve("alice").resolve(PERSIAN), folder.resolve("dave").resolve(PERSIAN));
        checkSame(folder.resolve("bob").resolve(LONG), folder.resolve("dave").resolve(LONG));
        Path copy = folder.resolve("dave").resolve("copy.bin");
        stage.run("get", BIG, "-o", copy.toString());
        checkSame(folder.resolve("alice").resolve(BIG), copy);
        int missing = stage.run("get", "no such file", "-o", target).exitCode();
        check("a file that nobody shares is exit code " + ExitCode.NOT_FOUND, missing == ExitCode.NOT_FOUND);
    }

    private void quit(DemoStage.Background alice, DemoStage.Background bob) {
        stage.tell("");
        stage.tell("6. The peers quit: their files leave the list at once, and the index is empty.");
        alice.stop();
        bob.stop();
        check("the list is empty", stage.run("ls").output().isEmpty());
    }

    private void checkSame(Path original, Path copy) throws IOException {
        boolean same = Files.isRegularFile(copy) && Files.mismatch(original, copy) == -1;
        check("byte for byte the same: " + Shown.text(copy.getFileName().toString()), same);
    }

    private void check(String claim, boolean holds) {
        checks++;
        broken += holds ? 0 : 1;
        stage.tell((holds ? "    ok: " : "    BROKEN: ") + claim);
    }
}
