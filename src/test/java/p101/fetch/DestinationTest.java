package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.library.ExistingFilePolicy;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.pdu.RangeKind;
import p101.pdu.RowFlags;

/** Where a download may go, from where it may come, and how it ends when it may not. */
class DestinationTest {
    private static final TestContent CONTENT = TestContent.random("data.bin", 2_500_000, 31);

    @TempDir
    Path folder;

    private FetchRig.Result get(FetchRig rig, Destination destination) {
        DownloadRequest request =
                DownloadRequest.of(Wanted.named(CONTENT.name()), destination).throughLocalIndex(true);
        return rig.await(rig.start(request));
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP, EXISTS, old",
        "SKIP_IDENTICAL, EXISTS, old",
        "RENAME, , old",
        "OVERWRITE, , new",
    })
    void anExistingFileIsTreatedAsAsked(ExistingFilePolicy policy, DownloadFailure.Kind failure, String left)
            throws IOException {
        Path target = folder.resolve("data.bin");
        Files.writeString(target, "old");
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = get(rig, new Destination.InFolder(folder, policy));
            assertThat(result.failure == null ? null : result.failure.kind()).isEqualTo(failure);
            if (left.equals("old")) {
                assertThat(target).hasContent("old");
            }
            if (failure == null) {
                assertThat(result.outcome.path().orElseThrow()).hasBinaryContent(CONTENT.bytes());
            }
        }
    }

    /** Both get the full name back, whatever they were asked by; the second must not find the first one's half. */
    @ParameterizedTest
    @CsvSource({"SKIP_IDENTICAL, true", "KEEP, false"})
    void ofTwoDownloadsToOnePathTheSecondWaitsForTheFirst(ExistingFilePolicy policy, boolean bothEndWell)
            throws IOException {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            DownloadRequest request = DownloadRequest.of(
                            Wanted.named(CONTENT.name()), new Destination.InFolder(folder, policy))
                    .throughLocalIndex(true);
            FetchRig.Result first = rig.start(request);
            FetchRig.Result second = rig.start(request);
            rig.await(first);
            rig.await(second);
            List<FetchRig.Result> wellEnded = Stream.of(first, second)
                    .filter(result -> result.outcome != null)
                    .toList();
            assertThat(wellEnded).hasSize(bothEndWell ? 2 : 1);
            assertThat(wellEnded)
                    .filteredOn(result -> result.outcome.alreadyThere())
                    .hasSize(bothEndWell ? 1 : 0);
            assertThat(folder).isDirectoryNotContaining("glob:**.p101part");
        }
    }

    @Test
    void aDownloadThatIsCancelledAtItsPathLetsTheNextOneHaveIt() throws IOException {
        TestServer.Script stalling = (request, reply) -> {
            if (request.kind() == RangeKind.CONTENT) {
                reply.stall();
            }
            reply.honestly(request);
        };
        try (TestServer slow = new TestServer("sloth", CONTENT, stalling);
                TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(slow.row());
            FetchRig.Result first = rig.start(rig.request(CONTENT));
            rig.until(() -> first.shareable != null);
            rig.index.set(0, server.row());
            FetchRig.Result second = rig.start(rig.request(CONTENT));
            FetchRig.Result third = rig.start(rig.request(CONTENT));
            rig.until(() -> second.chosen != null && third.chosen != null);
            second.download.cancel();
            first.download.cancel();
            rig.await(third);
            assertThat(third.outcome.path().orElseThrow()).hasBinaryContent(CONTENT.bytes());
        }
    }

    @Test
    void anIdenticalFileIsNotFetchedAgain() throws IOException {
        Files.write(folder.resolve("data.bin"), CONTENT.bytes());
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = get(rig, new Destination.InFolder(folder, ExistingFilePolicy.SKIP_IDENTICAL));
            assertThat(result.outcome.path()).contains(folder.resolve("data.bin"));
            assertThat(result.outcome.alreadyThere()).isTrue();
            assertThat(result.resumedBytes).as("not told of a beginning").isEqualTo(-1);
            assertThat(server.sentBytes.get()).isEqualTo(CONTENT.manifest().encodedLength());
        }
    }

    @Test
    void aPathOfTheUsersOwnIsUsed() {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            Path path = folder.resolve("other name");
            assertThat(get(rig, new Destination.AtPath(path, ExistingFilePolicy.KEEP)).failure)
                    .isNull();
            assertThat(path).hasBinaryContent(CONTENT.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 2_500_000})
    void aStreamGetsTheBytesInOrder(int size) throws IOException {
        TestContent content = TestContent.random("s.bin", size, size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TestServer one = new TestServer("alice", content);
                TestServer two = new TestServer("bob", content);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.addAll(List.of(one.row(), two.row()));
            FetchRig.Result result = get(rig, new Destination.ToStream(out, folder));
            assertThat(result.failure).isNull();
            assertThat(result.outcome.path()).isEmpty();
            assertThat(out.toByteArray()).isEqualTo(content.bytes());
            rig.until(this::isFolderEmpty);
        }
    }

    private boolean isFolderEmpty() {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClosedStreamEndsTheDownload() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = get(rig, new Destination.ToStream(broken, folder));
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.DISK);
            assertThat(result.failure.text()).contains("Broken pipe");
            rig.until(this::isFolderEmpty);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorOfTheDisk() {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result =
                    get(rig, new Destination.InFolder(folder.resolve("none"), ExistingFilePolicy.KEEP));
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.DISK);
            assertThat(result.failure.text()).contains("none").endsWith("choose another folder");
        }
    }

    @Test
    void nothingFoundIsSaid() {
        try (FetchRig rig = new FetchRig(folder)) {
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NOT_FOUND);
            assertThat(result.failure.text()).as("who tells it says the name").isEqualTo("nobody shares it");
        }
    }

    @Test
    void aSilentIndexIsSaid() {
        try (FetchRig rig = new FetchRig(folder)) {
            FetchRig.Result result = new FetchRig.Result();
            rig.downloader.start(
                    rig.request(CONTENT),
                    (wanted, found, end) -> rig.loop.execute(() -> end.accept(new FindEnd.IndexSilent())),
                    result);
            assertThat(rig.await(result).failure.kind()).isEqualTo(DownloadFailure.Kind.INDEX_SILENT);
        }
    }

    @Test
    void anIndexElsewhereCannotSendUsToThisMachine() throws IOException {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = rig.await(rig.start(rig.request(CONTENT).throughLocalIndex(false)));
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.failure.text()).contains("address");
            assertThat(server.connections.get()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true, false", "127.1.2.3, true, false", "169.254.169.254, true, false", "224.0.0.1, true, true",
        "0.0.0.0, true, true", "0.0.0.7, true, true", "255.255.255.255, true, true", "::1, true, false",
        "fe80::1, true, false", "ff02::1, true, true", "::, true, true", "::ffff:127.0.0.1, true, false",
        "192.168.1.7, false, false", "10.0.0.1, false, false", "8.8.8.8, false, false", "2001:db8::1, false, false",
    })
    void addressesAreJudged(String address, boolean refused, boolean refusedByLocalIndexToo) throws IOException {
        Endpoint endpoint = new Endpoint(InetAddress.getByName(address), 6010);
        assertThat(AddressRules.isRefused(endpoint, false)).isEqualTo(refused);
        assertThat(AddressRules.isRefused(endpoint, true)).isEqualTo(refusedByLocalIndexToo);
    }

    @Test
    void rowsThatCannotBeFetchedAndOurOwnAreNotAsked() {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            Candidate row = server.row();
            rig.index.add(new Candidate(
                    2, RowFlags.NOT_FETCHABLE, row.endpoint(), row.size(), row.content(), PeerName.of("web")));
            rig.index.add(row);
            DownloadRequest request = rig.request(CONTENT)
                    .sharingAs(PeerName.of("me"), own -> own.peer().equals(server.name));
            FetchRig.Result result = rig.await(rig.start(request));
            assertThat(result.failure.text()).contains("web", "cannot be fetched");
            assertThat(server.connections.get()).isZero();
        }
    }

    @Test
    void aWayThatNobodyKnowsIsReported() {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            Candidate row = server.row();
            rig.index.add(
                    new Candidate(2, RowFlags.P2PCI_GET, row.endpoint(), row.size(), row.content(), PeerName.of("ci")));
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.sources.get(0).dropped()).contains(DropReason.UNSUPPORTED);
        }
    }
}
