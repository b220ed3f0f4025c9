package p101.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static p101.peer.PeerRig.await;
import static p101.peer.PeerRig.get;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.FileName;

/** Asking an index without a loop, and finding it. */
class OneShotIndexTest {
    @TempDir
    Path root;

    @Test
    void anIndexThatIsDownForTheFirstSendsAnswersALaterOne() throws Exception {
        try (PeerRig rig = new PeerRig(root, 60);
                OneShotIndex index = OneShotIndex.open(rig.index())) {
            rig.stopIndex();
            CompletableFuture<Ending> ended = new CompletableFuture<>();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> search(index, ended));
            await("the network to say that nobody is there", index::isUnreachable);
            assertThat(ended).isNotDone();
            rig.restartIndex();
            assertThat(get(ended).verdict()).isEqualTo(Verdict.NOT_FOUND);
            get(asking);
            assertThat(index.isUnreachable()).isFalse();
        }
    }

    private static void search(OneShotIndex index, CompletableFuture<Ending> ended) {
        try {
            index.search(SearchQuery.ofFile(FileName.of("song")), new SearchHandler() {
                @Override
                public boolean onFound(FoundRow row) {
                    return true;
                }

                @Override
                public void onEnd(Ending ending) {
                    ended.complete(ending);
                }
            });
        } catch (PeerException broken) {
            ended.completeExceptionally(broken);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNotBound() throws Exception {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        InetSocketAddress index = new InetSocketAddress(InetAddress.getLoopbackAddress(), 60_000);
        assertThatThrownBy(() -> OneShotIndex.open(index, elsewhere))
                .isInstanceOf(PeerException.class)
                .hasMessage("192.0.2.1 is not an address of this machine: check --bind");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 60000",
        "127.0.0.1:1, 127.0.0.1, 1",
        "127.0.0.1:65535, 127.0.0.1, 65535",
        "[::1]:7000, ::1, 7000",
        "[::1], ::1, 60000",
        "::1, ::1, 60000",
        "localhost:6000, localhost, 6000",
    })
    void theAddressOfAnIndexIsReadAndResolved(String text, String host, int port) throws Exception {
        InetSocketAddress address = IndexAddress.resolve(text);
        assertThat(address).isEqualTo(new InetSocketAddress(InetAddress.getByName(host), port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "a:",
                "a:0",
                "a:65536",
                "a:x",
                "a:-1",
                "[::1]:",
                "[::1]x:5x",
                "1.2.3",
                "7:60000",
                "1.2.3.4.5",
                "1..3.4"
            })
    void whatIsNoAddressIsSaid(String text) {
        assertThatThrownBy(() -> IndexAddress.resolve(text))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("write HOST:PORT")
                .satisfies(failure -> assertThat(((PeerException) failure).problem())
                        .isEqualTo(PeerException.Problem.BAD_INDEX_ADDRESS));
    }
}
