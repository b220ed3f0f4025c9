package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static p101.peer.PeerRig.await;
import static p101.peer.PeerRig.get;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
