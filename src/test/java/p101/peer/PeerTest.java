package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p101.peer.PeerRig.await;
import static p101.peer.PeerRig.get;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.DownloadOutcome;
import p101.model.FileName;
import p101.model.PeerName;

/** Whole peers and a real index, over real sockets on loopback. */
class PeerTest {
    @TempDir
    Path root;

    private PeerRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new PeerRig(root, 60);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static FileName name(String file) {
        return FileName.of(file);
    }

    @Test
    void aFileIsRegisteredListedFoundAndTakenBack() throws Exception {
        Peer alice = rig.peer("alice");
        rig.file(0, "song", "la la la");
        assertThat(get(alice.firstContact())).isEqualTo(Ending.DONE);
        assertThat(alice.localFiles()).containsExactly(new LocalFile(name("song"), 8, PeerName.NONE));
        assertThat(get(alice.registerFile(name("song")))).isEqualTo(Ending.DONE);
        assertThat(rig.listed()).containsExactly("alice/song");
        assertThat(alice.localFiles()).containsExactly(new LocalFile(name("song"), 8, PeerName.of("alice")));
        List<FoundRow> found = new ArrayList<>();
        assertThat(get(alice.search(SearchQuery.ofFile(name("song")), found::add)))
                .isEqualTo(Ending.DONE);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).endpoint().port()).isEqualTo(alice.port());
        assertThat(alice.status().registeredRows()).isEqualTo(1);
        assertThat(get(alice.deregisterFile(name("song")))).isEqualTo(Ending.DONE);
        assertThat(rig.listed()).isEmpty();
        assertThat(get(alice.deregisterFile(name("song"))).verdict()).isEqualTo(Verdict.NOT_FOUND);
        assertThat(get(alice.registerFile(name("none"))).verdict()).isEqualTo(Verdict.NOT_FOUND);
        assertThat(alice.localFiles()).containsExactly(new LocalFile(name("song"), 8, PeerName.NONE));
    }

    @Test
    void twoPeersExchangeAFileAndTheSecondIsASourceAfterwards() throws Exception {
        Peer alice = rig.peer("alice");
        Peer bob = rig.peer("bob");
        byte[] content = new byte[300_000];
        new java.util.Random(1).nextBytes(content);
        Files.createDirectories(rig.folder(0));
        Files.write(rig.folder(0).resolve("big.bin"), content);
        assertThat(get(alice.registerFile(name("big.bin")))).isEqualTo(Ending.DONE);

        PeerRig.Result result = new PeerRig.Result();
        bob.download(PeerRig.request("big.bin", rig.folder(1)), result);
        DownloadOutcome outcome = get(result.outcome);
        assertThat(outcome.path()).contains(rig.folder(1).resolve("big.bin"));
        assertThat(Files.readAllBytes(rig.folder(1).resolve("big.bin"))).isEqualTo(content);
        assertThat(rig.listed())
                .as("registered before the end is told")
                .containsExactly("alice/big.bin", "bob/big.bin");

        assertThat(get(alice.quit())).isEqualTo(Ending.DONE);
        assertThat(rig.listed()).containsExactly("bob/big.bin");
        Peer carol = rig.peer("carol");
        PeerRig.Result second = new PeerRig.Result();
        carol.download(PeerRig.request("big.bin", rig.folder(2)), second);
        assertThat(get(second.outcome).sources().get(0).peer()).isEqualTo(PeerName.of("bob"));
        assertThat(Files.readAllBytes(rig.folder(2).resolve("big.bin"))).isEqualTo(content);
    }

    @Test
    void aTakenNameIsRefusedAndAnotherOneHoldsFromThereOn() throws Exception {
        Peer first = rig.peer("leonardo");
        Peer second = rig.peer("leonardo");
        rig.file(0, "file1.txt", "one");
        rig.file(1, "file1.txt", "another");
        rig.file(1, "file2.txt", "two");
        assertThat(get(first.registerFile(name("file1.txt")))).isEqualTo(Ending.DONE);
        assertThat(get(second.registerFile(name("file2.txt")))).isEqualTo(Ending.DONE);
        assertThat(get(second.registerFile(name("file1.txt"))).verdict()).isEqualTo(Verdict.CONFLICT);
        second.changeName(PeerName.of("dante"));
        assertThat(get(second.registerFile(name("file1.txt")))).isEqualTo(Ending.DONE);
        rig.awaitListed("leonardo/file1.txt", "leonardo/file2.txt", "dante/file1.txt");
        assertThat(second.name()).isEqualTo(PeerName.of("dante"));

        // Registered again, a file stays under the name that it has; each is taken back under its own.
        assertThat(get(second.registerFile(name("file2.txt")))).isEqualTo(Ending.DONE);
        rig.awaitListed("leonardo/file1.txt", "leonardo/file2.txt", "dante/file1.txt");
        assertThat(get(second.deregisterFile(name("file2.txt")))).isEqualTo(Ending.DONE);
        assertThat(get(second.deregisterFile(name("file1.txt")))).isEqualTo(Ending.DONE);
        assertThat(rig.listed()).containsExactly("leonardo/file1.txt");
    }

    @Test
    void aFolderThatIsALinkWillDoButALinkInItIsRefused() throws Exception {
        Path secret = Files.writeString(root.resolve("secret"), "s");
        rig.file(0, "a", "1");
        Files.createSymbolicLink(root.resolve("link"), rig.folder(0));
        Files.createSymbolicLink(rig.folder(0).resolve("b"), secret);
        PeerConfig config = rig.config("ann");
        List<String> registered = new CopyOnWriteArrayList<>();
        Peer ann = rig.open(
                new PeerConfig(
                        config.index(),
                        config.name(),
                        config.bind(),
                        0,
                        config.home(),
                        root.resolve("link"),
                        config.shared()),
                new PeerListener() {
                    @Override
                    public void onRegistered(FileName file, PeerName as) {
                        registered.add(file.value());
                    }
                });
        assertThat(get(ann.registerFile(name("a")))).isEqualTo(Ending.DONE);
        Ending refused = get(ann.registerFile(name("b")));
        assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(refused.text()).isEqualTo("b cannot be shared (it is a link)");
        assertThat(rig.listed()).containsExactly("ann/a");
        assertThat(registered).containsExactly("a");
    }

    @Test
    void aNameRefusedByHandIsNotTriedAgainBehindThePersonsBack() throws Exception {
        Peer first = rig.peer("ann");
        Peer second = rig.peer("ann");
        rig.file(0, "a", "1");
        rig.file(1, "a", "2");
        assertThat(get(first.registerFile(name("a")))).isEqualTo(Ending.DONE);
        assertThat(get(second.registerFile(name("a"))).verdict()).isEqualTo(Verdict.CONFLICT);
        second.changeName(PeerName.of("bea"));
        assertThat(get(second.list("", row -> {}))).isEqualTo(Ending.DONE);
        assertThat(second.status().registeredRows() + second.status().waitingRows())
                .isZero();
        await("the file to be let go", () -> second.status().sharedFiles() == 0);
    }

    @Test
    void aSharedFolderIsRegisteredAndARefusedNameIsMended() throws Exception {
        List<String> refused = new CopyOnWriteArrayList<>();
        PeerListener listener = new PeerListener() {
            @Override
            public void onRefused(FileName file, PeerName as, Ending why) {
                refused.add(as + "/" + file + " " + why.verdict());
            }
        };
        Peer first = rig.peer("ann");
        rig.file(0, "a", "1");
        assertThat(get(first.registerFile(name("a")))).isEqualTo(Ending.DONE);
        rig.file(1, "a", "2");
        rig.file(1, "b", "3");
        Peer second = rig.open(rig.config("ann", rig.folder(1)), listener);
        rig.awaitListed("ann/a", "ann/b");
        await("the refusal", () -> !refused.isEmpty());
        assertThat(refused).containsExactly("ann/a CONFLICT");
        second.changeName(PeerName.of("bea"));
        rig.awaitListed("ann/a", "ann/b", "bea/a");
        Files.delete(rig.folder(1).resolve("b"));
        rig.awaitListed("ann/a", "bea/a");
    }

    @Test
    void aRestartedIndexHasEverythingAgainWithinOneRefresh() throws Exception {
        rig.close();
        rig = new PeerRig(root.resolve("short"), 3);
        Peer alice = rig.peer("alice");
        rig.file(0, "x", "1");
        rig.file(0, "y", "2");
        get(alice.registerFile(name("x")));
        get(alice.registerFile(name("y")));
        rig.restartIndex();
        long begin = System.nanoTime();
        assertThat(rig.listed()).isEmpty();
        rig.awaitListed("alice/x", "alice/y");
        // One second is a third of the lease; the rest is for a busy machine.
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(4));
        assertThat(get(alice.quit())).isEqualTo(Ending.DONE);
        assertThat(rig.listed()).isEmpty();
    }

    @Test
    void quittingTakesLessThanTwoSecondsAlsoWithoutAnIndex() throws Exception {
        Peer alice = rig.peer("alice");
        assertThat(get(alice.firstContact())).isEqualTo(Ending.DONE);
        rig.stopIndex();
        long begin = System.nanoTime();
        assertThat(get(alice.quit()).verdict()).isEqualTo(Verdict.SILENT);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.MILLISECONDS.toNanos(2_500));
        assertThat(alice.quit()).isDone();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PeerConfig config = rig.config("alice");
            PeerConfig same = new PeerConfig(
                    config.index(),
                    config.name(),
                    config.bind(),
                    taken.getLocalPort(),
                    config.home(),
                    config.folder(),
                    config.shared());
            assertThatThrownBy(() -> rig.open(same, new PeerListener() {}))
                    .isInstanceOf(PeerException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " is in use by another program: choose another port, or 0 for a free one");
            // The failed start has left nothing behind.
            rig.open(config, new PeerListener() {});
        }
    }

    @Test
    void aHomeInUseIsNamed() throws Exception {
        PeerConfig config = rig.config("alice");
        rig.open(config, new PeerListener() {});
        assertThatThrownBy(() -> rig.open(config, new PeerListener() {}))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("use another --home");
    }

    @Test
    void whatCannotBeSharedIsNamed() {
        assertThatThrownBy(() -> rig.peer("alice", root.resolve("missing")))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("missing")
                .satisfies(failure ->
                        assertThat(((PeerException) failure).problem()).isEqualTo(PeerException.Problem.CANNOT_SHARE));
    }

    @Test
    void closingEndsWhatIsStillWaitedFor() throws Exception {
        rig.stopIndex();
        Peer alice = rig.peer("alice");
        CompletableFuture<Ending> contact = alice.firstContact();
        CompletableFuture<Ending> list = alice.list("", row -> {});
        alice.close();
        assertThat(get(contact).verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(get(list).verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(get(alice.list("", row -> {})).verdict()).isEqualTo(Verdict.CANCELLED);
    }

    @Test
    void answersFromElsewhereNeverArrive() throws Exception {
        // An index that says nothing, and a stranger who answers in its place, from another socket.
        try (DatagramSocket quiet = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                OneShotIndex index = OneShotIndex.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), quiet.getLocalPort()))) {
            List<FoundRow> rows = new ArrayList<>();
            Thread answers = new Thread(() -> forge(quiet, stranger));
            answers.start();
            index.search(SearchQuery.ofFile(name("song")), new SearchHandler() {
                @Override
                public boolean onFound(FoundRow row) {
                    rows.add(row);
                    return true;
                }

                @Override
                public void onEnd(Ending ending) {
                    assertThat(ending.verdict()).isEqualTo(Verdict.NOT_FOUND);
                }
            });
            answers.join();
            assertThat(rows).isEmpty();
        }
    }

    /** The stranger knows the tx and says "found"; the index itself answers the second request, with the truth. */
    private static void forge(DatagramSocket quiet, DatagramSocket stranger) {
        try {
            DatagramPacket request = new DatagramPacket(new byte[101], 101);
            quiet.receive(request);
            byte[] found = request.getData().clone();
            found[1] |= (byte) 0x80;
            found[16] = 9; // id
            found[20] = 80; // port
            stranger.send(new DatagramPacket(found, 101, request.getSocketAddress()));
            quiet.receive(request);
            byte[] notFound = new byte[101];
            System.arraycopy(request.getData(), 0, notFound, 0, 6);
            notFound[0] = 'E';
            notFound[1] |= (byte) 0x80;
            notFound[19] = 4;
            quiet.send(new DatagramPacket(notFound, 101, request.getSocketAddress()));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
