package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.peer.PeerRig.await;
import static p101.peer.PeerRig.get;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.Candidate;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.SourceReport;
import p101.model.FileName;
import p101.model.PeerName;

/** Downloads without a peer, over real sockets on loopback. */
class GetSessionTest {
    @TempDir
    Path root;

    private PeerRig rig;
    private Path target;

    @BeforeEach
    void start() throws Exception {
        rig = new PeerRig(root, 60);
        target = Files.createDirectories(root.resolve("target"));
        Peer alice = rig.peer("alice");
        rig.file(0, "song", "la la la");
        assertThat(get(alice.registerFile(FileName.of("song")))).isEqualTo(Ending.DONE);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private GetConfig config(boolean keep) {
        return new GetConfig(rig.index(), InetAddress.getLoopbackAddress(), 0, PeerName.of("bob"), keep);
    }

    @Test
    void aShortDownloadOpensNoPortAndRegistersNothing() throws Exception {
        PeerRig.Result result = new PeerRig.Result();
        try (GetSession session = GetSession.open(config(false))) {
            List<FoundRow> found = new ArrayList<>();
            session.search(SearchQuery.ofFile(FileName.of("song")), collect(found));
            assertThat(found).hasSize(1);
            session.start(PeerRig.request("song", target), result);
            session.run();
            assertThat(session.sharingPort()).isZero();
        }
        assertThat(result.outcome).isCompleted();
        assertThat(Files.readString(target.resolve("song"))).isEqualTo("la la la");
        assertThat(rig.listed()).containsExactly("alice/song");
    }

    @Test
    void whatIsNotThereEndsAsFailed() throws Exception {
        PeerRig.Result result = new PeerRig.Result();
        try (GetSession session = GetSession.open(config(false))) {
            session.start(PeerRig.request("nothing", target), result);
            session.run();
        }
        assertThat(result.outcome).isCompletedExceptionally();
        assertThat(target).isEmptyDirectory();
    }

    /** Names of files that nobody has are among them: each is told on its own. */
    @Test
    void manyAreDoneTogetherAndEachIsTold() throws Exception {
        List<PeerRig.Result> results = new ArrayList<>();
        List<GetOrder> orders = new ArrayList<>();
        int[] running = new int[2];
        for (int i = 0; i < 40; i++) {
            Path folder = Files.createDirectories(root.resolve("many" + i));
            PeerRig.Result result = new PeerRig.Result();
            results.add(result);
            orders.add(
                    new GetOrder(PeerRig.request(i % 10 == 0 ? "nothing" : "song", folder), counting(result, running)));
        }
        Iterator<GetOrder> begun = new Iterator<>() {
            private final Iterator<GetOrder> all = orders.iterator();

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public GetOrder next() {
                running[1] = Math.max(running[1], ++running[0]);
                return all.next();
            }
        };
        try (GetSession session = GetSession.open(config(false))) {
            session.run(begun, 5);
        }
        assertThat(running[1]).as("most at once").isEqualTo(5);
        for (int i = 0; i < 40; i++) {
            if (i % 10 == 0) {
                assertThat(results.get(i).outcome).isCompletedExceptionally();
            } else {
                assertThat(root.resolve("many" + i).resolve("song")).hasContent("la la la");
                assertThat(results.get(i).outcome).isCompleted();
            }
        }
    }

    private static DownloadListener counting(DownloadListener listener, int[] running) {
        return new DownloadListener() {
            @Override
            public void onDone(DownloadOutcome outcome) {
                running[0]--;
                listener.onDone(outcome);
            }

            @Override
            public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
                running[0]--;
                listener.onFailed(failure, sources);
            }
        };
    }

    @Test
    void whatHadNotBegunWhenItWasCancelledDoesNotBegin() throws Exception {
        List<String> told = new ArrayList<>();
        try (GetSession session = GetSession.open(config(false))) {
            GetOrder order = new GetOrder(PeerRig.request("song", target), new DownloadListener() {
                @Override
                public void onChosen(Candidate chosen) {
                    session.cancel();
                }

                @Override
                public void onDone(DownloadOutcome outcome) {
                    told.add("done");
                }

                @Override
                public void onFailed(DownloadFailure failure, List<SourceReport> sources) {
                    told.add(failure.kind().name());
                }
            });
            session.run(Collections.nCopies(50, order).iterator(), 1);
        }
        assertThat(told).containsExactly("CANCELLED");
    }

    @Test
    void sharingIsKeptUpUntilItIsCancelledAndThenTakenBack() throws Exception {
        PeerRig.Result result = new PeerRig.Result();
        GetSession session = GetSession.open(config(true));
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> {
            try (session) {
                session.start(PeerRig.request("song", target), result);
                session.run();
                session.keepSharing(TimeUnit.MINUTES.toNanos(10));
            } catch (PeerException failure) {
                throw new AssertionError(failure);
            }
        });
        rig.awaitListed("alice/song", "bob/song");
        Peer carol = rig.peer("carol");
        PeerRig.Result second = new PeerRig.Result();
        carol.download(PeerRig.request("song", rig.folder(1)), second);
        assertThat(get(second.outcome).path()).isPresent();
        session.cancel();
        get(over);
        await("the row to be gone", () -> {
            try {
                return !rig.listed().contains("bob/song");
            } catch (PeerException broken) {
                throw new AssertionError(broken);
            }
        });
    }

    private static SearchHandler collect(List<FoundRow> rows) {
        return new SearchHandler() {
            @Override
            public boolean onFound(FoundRow row) {
                rows.add(row);
                return true;
            }

            @Override
            public void onEnd(Ending ending) {
                assertThat(ending).isEqualTo(Ending.DONE);
            }
        };
    }
}
