package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.model.Root;
import p101.pdu.ErrorCode;
import p101.pdu.RangeKind;

/** One source is bad in some way, another is honest: the file is right, the bad one is dropped, named, and the reason is right. */
class BadSourcesTest {
    private static final int SIZE = 3_000_000;
    private static final TestContent CONTENT = TestContent.random("data.bin", SIZE, 7);
    private static final TestContent OTHER = TestContent.random("data.bin", SIZE, 8);

    @TempDir
    Path folder;

    private interface Body {
        byte[] change(byte[] bytes, long offset);
    }

    /** Honest about everything but the bytes of the content. */
    private static TestServer.Script changing(Body body) {
        return (request, reply) -> {
            if (request.kind() == RangeKind.CONTENT) {
                byte[] range = Arrays.copyOfRange(
                        CONTENT.bytes(), (int) request.offset(), (int) (request.offset() + request.length()));
                reply.head(RangeKind.CONTENT, request.offset(), request.length());
                reply.body(body.change(range, request.offset()));
            } else {
                reply.honestly(request);
            }
        };
    }

    private static TestServer.Script content(TestServer.Script script) {
        return (request, reply) -> {
            if (request.kind() == RangeKind.CONTENT) {
                script.answer(request, reply);
            } else {
                reply.honestly(request);
            }
        };
    }

    private static TestServer.Script manifest(TestServer.Script script) {
        return (request, reply) -> {
            if (request.kind() == RangeKind.MANIFEST) {
                script.answer(request, reply);
            } else {
                reply.honestly(request);
            }
        };
    }

    private static byte[] flipOne(byte[] bytes, long offset) {
        bytes[new SplittableRandom(offset).nextInt(bytes.length)] ^= 1;
        return bytes;
    }

    static Stream<Arguments> badScripts() {
        AtomicInteger answers = new AtomicInteger();
        return Stream.of(
                Arguments.of("one bit is flipped", DropReason.LIED, changing(BadSourcesTest::flipOne)),
                Arguments.of("zeros", DropReason.LIED, changing((bytes, offset) -> new byte[bytes.length])),
                Arguments.of(
                        "an old version",
                        DropReason.LIED,
                        changing((bytes, offset) ->
                                Arrays.copyOfRange(OTHER.bytes(), (int) offset, (int) offset + bytes.length))),
                Arguments.of(
                        "a wrong size",
                        DropReason.OTHER_CONTENT,
                        manifest((request, reply) -> reply.head(
                                RangeKind.MANIFEST, 0, 100, CONTENT.content().root(), SIZE + 1))),
                Arguments.of(
                        "a wrong root",
                        DropReason.OTHER_CONTENT,
                        manifest((request, reply) -> reply.head(
                                RangeKind.MANIFEST, 0, 100, OTHER.content().root(), SIZE))),
                Arguments.of("a root that only begins right", DropReason.LIED, (TestServer.Script) (request, reply) -> {
                    if (request.kind() != RangeKind.MANIFEST) {
                        reply.stall();
                        return;
                    }
                    Root right = CONTENT.content().root();
                    byte[] bytes = reply.bytesOf(RangeKind.MANIFEST);
                    reply.head(RangeKind.MANIFEST, 0, bytes.length, new Root(right.a(), 1, 2, 3), SIZE);
                    reply.body(bytes);
                }),
                Arguments.of("a forged manifest", DropReason.LIED, manifest((request, reply) -> {
                    byte[] bytes = reply.bytesOf(RangeKind.MANIFEST);
                    bytes[bytes.length - 1] ^= 1;
                    reply.head(RangeKind.MANIFEST, 0, bytes.length);
                    reply.body(bytes);
                })),
                Arguments.of(
                        "a huge manifest",
                        DropReason.PROTOCOL,
                        manifest((request, reply) -> reply.head(RangeKind.MANIFEST, 0, 1 << 20))),
                Arguments.of(
                        "an empty answer",
                        DropReason.PROTOCOL,
                        content((request, reply) -> reply.head(RangeKind.CONTENT, request.offset(), 0))),
                Arguments.of("less than a piece", DropReason.PROTOCOL, content((request, reply) -> {
                    reply.head(RangeKind.CONTENT, request.offset(), 100);
                    reply.body(new byte[100]);
                })),
                Arguments.of(
                        "more than asked for",
                        DropReason.PROTOCOL,
                        content((request, reply) ->
                                reply.head(RangeKind.CONTENT, request.offset(), request.length() + 1))),
                Arguments.of(
                        "another offset",
                        DropReason.PROTOCOL,
                        content((request, reply) ->
                                reply.head(RangeKind.CONTENT, request.offset() + 1, request.length() - 1))),
                Arguments.of(
                        "another kind",
                        DropReason.PROTOCOL,
                        content((request, reply) -> reply.head(RangeKind.MANIFEST, 0, 100))),
                Arguments.of("garbage", DropReason.PROTOCOL, (TestServer.Script)
                        (request, reply) -> reply.raw(new byte[1000])),
                Arguments.of("garbage in the middle", DropReason.PROTOCOL, content((request, reply) -> {
                    reply.head(RangeKind.CONTENT, request.offset(), request.length());
                    reply.body(new byte[10_000], 10_000);
                    reply.raw("garbage".repeat(100).getBytes(StandardCharsets.US_ASCII));
                })),
                Arguments.of("content that was not asked for", DropReason.PROTOCOL, (TestServer.Script)
                        (request, reply) -> reply.body(new byte[1000])),
                Arguments.of(
                        "it echoes", DropReason.PROTOCOL, (TestServer.Script) (request, reply) -> reply.pdu(request)),
                Arguments.of("a truncated answer", DropReason.CLOSED, content((request, reply) -> {
                    reply.head(RangeKind.CONTENT, request.offset(), request.length());
                    reply.body(new byte[12_345], 12_345);
                    reply.socket.close();
                })),
                Arguments.of("a reset", DropReason.CLOSED, content((request, reply) -> reply.reset())),
                Arguments.of(
                        "it never answers", DropReason.SILENT, (TestServer.Script) (request, reply) -> reply.stall()),
                Arguments.of("it stalls in an answer", DropReason.SILENT, content((request, reply) -> {
                    if (answers.incrementAndGet() > 1) {
                        reply.head(RangeKind.CONTENT, request.offset(), request.length());
                        reply.body(new byte[5_000], 5_000);
                        reply.stall();
                    }
                    reply.honestly(request);
                })),
                Arguments.of("not found", DropReason.GONE, (TestServer.Script)
                        (request, reply) -> reply.fail(ErrorCode.NOT_FOUND, 0)),
                Arguments.of(
                        "changed",
                        DropReason.OTHER_CONTENT,
                        content((request, reply) -> reply.fail(ErrorCode.CHANGED, 0))),
                Arguments.of("changed in the middle", DropReason.OTHER_CONTENT, content((request, reply) -> {
                    reply.head(RangeKind.CONTENT, request.offset(), request.length());
                    reply.body(new byte[70_000], 70_000);
                    reply.fail(ErrorCode.CHANGED, 0);
                })),
                Arguments.of(
                        "range refused",
                        DropReason.PROTOCOL,
                        content((request, reply) -> reply.fail(ErrorCode.RANGE, 0))),
                Arguments.of("busy", DropReason.BUSY, (TestServer.Script)
                        (request, reply) -> reply.fail(ErrorCode.BUSY, 60)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badScripts")
    void theFileIsRightAndTheBadSourceIsNamed(String what, DropReason reason, TestServer.Script script)
            throws IOException {
        try (TestServer bad = new TestServer("mallory", CONTENT, script);
                TestServer good = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(bad.row());
            rig.index.add(good.row());
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure).isNull();
            assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(CONTENT.bytes());
            if (reason == DropReason.SILENT && result.dropped.isEmpty()) {
                return; // The good source had done the silent one's work before its time was up.
            }
            assertThat(result.dropped).hasSize(1);
            SourceReport dropped = result.dropped.get(0);
            assertThat(dropped.peer()).isEqualTo(PeerName.of("mallory"));
            assertThat(dropped.dropped()).as(dropped.detail()).contains(reason);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badScripts")
    void aloneTheBadSourceNeverMakesAFile(String what, DropReason reason, TestServer.Script script) {
        try (TestServer bad = new TestServer("mallory", CONTENT, script);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(bad.row());
            FetchRig.Result result = rig.start(rig.request(CONTENT));
            rig.until(() -> result.failure != null || !result.dropped.isEmpty() || result.outcome != null);
            assertThat(result.outcome).isNull();
            assertThat(result.dropped.isEmpty() ? result.sources.get(0) : result.dropped.get(0))
                    .extracting(SourceReport::peer)
                    .isEqualTo(PeerName.of("mallory"));
            result.download.cancel();
            assertThat(folder.resolve("data.bin")).doesNotExist();
        }
    }

    @Test
    void aLiarIsNeverAskedAgainAndTheFailureNamesIt() {
        try (TestServer bad = new TestServer("mallory", CONTENT, changing(BadSourcesTest::flipOne));
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(bad.row());
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.failure.text()).contains("mallory", "sent wrong data");
            assertThat(bad.connections.get()).isEqualTo(1);
        }
    }

    @Test
    void aSourceIsNamedOnceForAReasonHoweverOftenItIsTriedAgain() throws IOException {
        try (Socket boundAndDeaf = new Socket();
                FetchRig rig = new FetchRig(folder)) {
            boundAndDeaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Endpoint nobody = new Endpoint(boundAndDeaf.getLocalAddress(), boundAndDeaf.getLocalPort());
            rig.index.add(new Candidate(2, 0, nobody, SIZE, CONTENT.content().id(), PeerName.of("dead")));
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(rig.searches).as("it was tried again").hasSizeGreaterThan(2);
            assertThat(result.dropped)
                    .singleElement()
                    .satisfies(report -> assertThat(report.dropped()).contains(DropReason.UNREACHABLE));
        }
    }

    /** All its answers are under way when the first wrong piece is found out. */
    @Test
    void aLiarIsNamedOnceForAllItsWrongPieces() {
        try (TestServer bad = new TestServer("mallory", CONTENT, changing((bytes, offset) -> new byte[bytes.length]));
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(bad.row());
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.dropped).singleElement().satisfies(report -> {
                assertThat(report.dropped()).contains(DropReason.LIED);
                assertThat(report.detail()).isEqualTo("piece 0 is wrong");
            });
        }
    }

    @Test
    void aBusySourceIsAskedAgainWhenItSaid() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        TestServer.Script busyOnce = (request, reply) -> {
            if (asked.incrementAndGet() == 1) {
                reply.fail(ErrorCode.BUSY, 1);
                reply.socket.close();
            } else {
                reply.honestly(request);
            }
        };
        try (TestServer busy = new TestServer("bob", CONTENT, busyOnce);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(busy.row());
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure).isNull();
            assertThat(result.outcome.nanos()).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void aSourceThatBreaksOffAgainAndAgainIsUsedAsLongAsItGivesSomething() throws IOException {
        TestServer.Script shortLived = content((request, reply) -> {
            reply.honestly(request);
            reply.socket.close();
        });
        try (TestServer server = new TestServer("carol", TestContent.random("small.bin", 400_000, 3), shortLived);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = rig.get(server.content);
            assertThat(result.failure).isNull();
            assertThat(Files.readAllBytes(folder.resolve("small.bin"))).isEqualTo(server.content.bytes());
        }
    }

    @Test
    void aDeadSourceCostsLittle() throws IOException {
        TestServer gone = new TestServer("dead", CONTENT);
        Endpoint nobody = gone.endpoint();
        gone.close();
        try (TestServer good = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(new Candidate(2, 0, nobody, SIZE, CONTENT.content().id(), PeerName.of("dead")));
            rig.index.add(good.row());
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure).isNull();
            assertThat(result.dropped.get(0).dropped()).contains(DropReason.UNREACHABLE);
            assertThat(result.outcome.nanos()).isLessThan(TimeUnit.SECONDS.toNanos(2));
        }
    }

    @Test
    void anotherProgramOnThePortIsFoundOutByItsFirstByte() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                FetchRig rig = new FetchRig(folder)) {
            Thread thread = new Thread(() -> greet(web), "greeter");
            thread.setDaemon(true);
            thread.start();
            Endpoint endpoint = new Endpoint(web.getInetAddress(), web.getLocalPort());
            rig.index.add(new Candidate(1, 0, endpoint, SIZE, CONTENT.content().id(), PeerName.NONE));
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
            assertThat(result.sources.get(0).dropped()).contains(DropReason.PROTOCOL);
        }
    }

    /** Shorter than a PDU, and then nothing. */
    private static void greet(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // It keeps the connection open.
            }
        } catch (IOException e) {
            // The downloader left.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void severalLiarsAmongEightSourcesChangeNothing(int liars) throws IOException {
        TestContent big = TestContent.random("big.bin", 24_000_000, 11);
        TestServer[] servers = new TestServer[8];
        try (FetchRig rig = new FetchRig(folder)) {
            for (int i = 0; i < servers.length; i++) {
                boolean lies = i < liars;
                servers[i] = new TestServer("peer" + i, big, (request, reply) -> {
                    if (lies && request.kind() == RangeKind.CONTENT) {
                        byte[] range = Arrays.copyOfRange(
                                big.bytes(), (int) request.offset(), (int) (request.offset() + request.length()));
                        reply.head(RangeKind.CONTENT, request.offset(), request.length());
                        reply.body(flipOne(range, request.offset()));
                    } else {
                        reply.honestly(request);
                    }
                });
                rig.index.add(servers[i].row());
            }
            FetchRig.Result result = rig.get(big);
            assertThat(result.failure).isNull();
            assertThat(Files.readAllBytes(folder.resolve("big.bin"))).isEqualTo(big.bytes());
            assertThat(result.dropped)
                    .allMatch(report -> report.dropped().equals(java.util.Optional.of(DropReason.LIED)));
            assertThat(result.outcome.sources().stream()
                            .mapToLong(SourceReport::verifiedBytes)
                            .sum())
                    .isEqualTo(big.bytes().length);
        } finally {
            for (TestServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void contentOfARowWithoutIdIsFetchedByName() throws IOException {
        try (TestServer server = new TestServer("alice", CONTENT);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(new Candidate(1, 0, server.endpoint(), SIZE, ContentId.NONE, PeerName.of("alice")));
            FetchRig.Result result = rig.get(CONTENT);
            assertThat(result.failure).isNull();
            assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(CONTENT.bytes());
        }
    }
}
