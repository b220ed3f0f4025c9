package p101.p2pci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.fetch.Candidate;
import p101.fetch.Destination;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadListener;
import p101.fetch.DownloadOutcome;
import p101.fetch.DownloadRequest;
import p101.fetch.Downloader;
import p101.fetch.FindEnd;
import p101.fetch.SourceReport;
import p101.fetch.Wanted;
import p101.library.ExistingFilePolicy;
import p101.loop.AcceptLimits;
import p101.loop.CloseReason;
import p101.loop.Connection;
import p101.loop.ConnectionHandler;
import p101.model.Clock;
import p101.model.ContentId;
import p101.model.Endpoint;
import p101.model.PeerName;
import p101.pdu.RowFlags;

/** Downloads from P2P-CI programs, over real sockets; only time is moved. */
class GetSourcesTest {
    private static final String HEAD =
            "P2P-CI/1.0 200 OK\r\nDate: d\r\nOS: o\r\nLast-Modified: l\r\nContent-Length: 8\r\nContent-Type: text/plain\r\n\r\n";
    private static final RfcNumber NUMBER = new RfcNumber(5);

    @TempDir
    Path folder;

    private final Rig rig = new Rig();
    private final List<Candidate> rows = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Watch watch = new Watch();
    private boolean localIndex = true;
    private Path spools;
    private GetSources sources;
    private Downloader downloader;

    @BeforeEach
    void start() throws IOException {
        spools = Files.createDirectory(folder.resolve("spools"));
        sources = new GetSources(rig.loop, spools, true, Clock.SYSTEM, notes::add);
        downloader = new Downloader(rig.loop, sources);
    }

    @AfterEach
    void stop() throws IOException {
        downloader.close();
        sources.close();
        rig.close();
        try (Stream<Path> left = Files.list(spools)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileComesAndTheUserIsToldWhatNothingProves() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(requests)
                .containsExactly("GET RFC 5 P2P-CI/1.0\r\nHost: 127.0.0.1\r\nOS: " + UploadHead.SYSTEM + "\r\n\r\n");
        assertThat(notes).hasSize(1).first().asString().contains("only its length could be checked");
    }

    @Test
    void theOtherFormIsTriedAfterARefusal() throws IOException {
        program(request ->
                request.contains("\r") ? "P2P-CI/1.0 505 P2P-CI Version Not Supported\n" : HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).isEqualTo(requests.get(0).replace("\r", ""));
    }

    @Test
    void theOtherFormIsTriedAfterSilence() throws IOException {
        program(request -> request.contains("\r") ? null : HEAD + "one\ntwo\n");
        begin();
        rig.until("the first request", () -> requests.size() == 1);
        rig.move(GetFetch.ANSWER_NANOS);
        finish();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void theOtherFormIsTriedAfterAClose() throws IOException {
        program(request -> request.contains("\r") ? "" : HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aBlankLineThatWasTheContentsOwnIsPutBack() throws IOException {
        program(request -> HEAD.replace("plain\r\n\r\n", "plain\r\n").replace("8", "9") + "\none\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("\none\ntwo\n");
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        program(request -> HEAD.replace("8", "20") + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(notes.get(0)).contains("only 8 of 20 bytes came");
    }

    @Test
    void aSecondProgramIsComparedWithTheFirst() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "never\nit");
        download();
        assertThat(notes)
                .containsExactly("rfc5.txt came by GET: two programs sent the same content, which nothing else proves");
        assertThat(requests).hasSize(2);
    }

    @Test
    void whenTwoProgramsDifferTheFirstIsTakenAndTheUserIsTold() throws IOException {
        program(request -> HEAD + "one\ntwo\n");
        program(request -> HEAD + "two\none\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
        assertThat(notes)
                .containsExactly(
                        "rfc5.txt came by GET: two programs sent different content, and nothing proves either");
    }

    @Test
    void whenOneProgramCannotDeliverTheNextIsAsked() throws IOException {
        program(request -> "P2P-CI/1.0 404 Not Found\r\n");
        program(request -> "HTTP/1.1 200 OK\r\n\r\n");
        program(request -> HEAD + "one\ntwo\n");
        download();
        assertThat(fetched()).isEqualTo("one\ntwo\n");
    }

    @Test
    void whenNobodyCanDeliverTheReasonIsTold() {
        program(request -> "P2P-CI/1.0 404 Not Found\r\n");
        rows.add(
                new Candidate(1, RowFlags.P2PCI_GET, Shares.endpoint("127.0.0.1:1"), 0, ContentId.NONE, PeerName.NONE));
        begin();
        rig.until("the end", () -> {
            rig.move(100_000_000L);
            return watch.over;
        });
        assertThat(watch.failure.kind()).isEqualTo(DownloadFailure.Kind.NO_SOURCE);
        assertThat(watch.failure.text()).contains("does not have it any more").contains("nobody listens");
    }

    @Test
    void aBigFileAndAnEmptyOneComeWhole() throws IOException {
        String big = "0123456789".repeat(200_000);
        program(request -> HEAD.replace("8", "2000000") + big);
        download();
        assertThat(fetched()).isEqualTo(big);
        Files.delete(watch.outcome.path().orElseThrow());
        rows.clear();
        watch.over = false;
        program(request -> HEAD.replace("8", "0"));
        download();
        assertThat(fetched()).isEmpty();
    }

    @Test
    void onLoopbackNobodyIsAskedForAnIndexElsewhere() {
        sources = new GetSources(rig.loop, spools, false, Clock.SYSTEM, notes::add);
        localIndex = false;
        program(request -> HEAD + "one\ntwo\n");
        begin();
        finish();
        assertThat(requests).isEmpty();
        assertThat(watch.failure.text()).contains("may not send us to");
    }

    private void download() {
        begin();
        finish();
        assertThat(watch.failure).isNull();
    }

    private void begin() {
        DownloadRequest request = DownloadRequest.of(
                        Wanted.named(NUMBER.fileName()), new Destination.InFolder(folder, ExistingFilePolicy.KEEP))
                .throughLocalIndex(localIndex);
        downloader.start(
                request,
                sources.around((wanted, found, end) -> rig.loop.execute(() -> {
                    if (!wanted.file().isNone()) {
                        rows.forEach(found);
                    }
                    end.accept(new FindEnd.Done());
                })),
                watch);
    }

    private void finish() {
        rig.until("the end", () -> watch.over);
    }

    private String fetched() throws IOException {
        return Files.readString(watch.outcome.path().orElseThrow());
    }

    /**
     * A program that uploads.
     *
     * @param answer what it says to a request before it closes; null = nothing, and it does not close
     */
    private void program(UnaryOperator<String> answer) {
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            InetSocketAddress at = rig.loop
                    .listen(any, new AcceptLimits(100, 100), remote -> new Program(answer))
                    .localAddress();
            rows.add(new Candidate(
                    100 - rows.size(), RowFlags.P2PCI_GET, Endpoint.of(at), 0, ContentId.NONE, PeerName.NONE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Program implements ConnectionHandler {
        private final UnaryOperator<String> answer;
        private final StringBuilder request = new StringBuilder();
        private Connection connection;
        private ByteBuffer rest;

        Program(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
        }

        @Override
        public void onBytes(ByteBuffer in) {
            request.append(StandardCharsets.UTF_8.decode(in));
            if (request.toString().replace("\r", "").endsWith("\n\n")) {
                requests.add(request.toString());
                String text = answer.apply(request.toString());
                if (text != null) {
                    rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    connection.requestWritable(true);
                }
            }
        }

        @Override
        public void onWritable() {
            connection.send(rest);
            if (!rest.hasRemaining()) {
                connection.closeWhenFlushed();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }

    private static final class Watch implements DownloadListener {
        private DownloadOutcome outcome;
        private DownloadFailure failure;
        private boolean over;

        @Override
        public void onDone(DownloadOutcome done) {
            outcome = done;
            over = true;
        }

        @Override
        public void onFailed(DownloadFailure failed, List<SourceReport> reports) {
            failure = failed;
            over = true;
        }
    }
}
