package p101.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.content.TestDownloader.Reply;
import p101.loop.LoopCounter;
import p101.loop.RecordingHandler;
import p101.model.FileName;
import p101.model.Root;
import p101.pdu.ErrorCode;
import p101.pdu.Pdu;
import p101.pdu.PduCodec;
import p101.pdu.RangeKind;

/** spec/PDU.md, sections 4 and 9, over real sockets. */
@Timeout(60)
class ContentServerTest {
    private final ContentRig rig = new ContentRig(ContentLimits.DEFAULT);

    @BeforeEach
    void start() throws IOException {
        rig.started();
    }

    @AfterEach
    void close() throws IOException {
        rig.harness.expectNoFailures();
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 16_383, 16_384, 16_385, 409_599, 409_600, 409_601, 3 * 1024 * 1024})
    void servesAFileByteForByte(int size) throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", size));
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file));
        Reply reply = downloader.reply();

        assertThat(reply.failure()).isNull();
        assertThat(Arrays.equals(reply.bytes(), file.bytes())).isTrue();
        assertThat(reply.head())
                .isEqualTo(new Pdu.Range(
                        RangeKind.CONTENT, true, 0, size, file.content().root(), size, file.modifiedMillis()));
        assertThat(downloader.unreadBytes()).isZero();
    }

    @Test
    void servesAnyRange() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 1_000_003));
        TestDownloader downloader = rig.downloader();
        Random random = new Random(101);
        for (int i = 0; i < 60; i++) {
            int offset = random.nextInt(1_000_004);
            int length = 1 + random.nextInt(i < 30 ? 300 : 1_000_003);
            downloader.ask(TestDownloader.content(file, offset, length));
            Reply reply = downloader.reply();
            int end = Math.min(offset + length, 1_000_003);
            assertThat(reply.head().offset()).isEqualTo(offset);
            assertThat(Arrays.equals(reply.bytes(), Arrays.copyOfRange(file.bytes(), offset, end)))
                    .as("%d + %d", offset, length)
                    .isTrue();
        }
    }

    @Test
    void aRangeAtTheEndIsEmptyAndOneBehindItAnError() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 500));
        TestDownloader downloader = rig.downloader();
        downloader.ask(
                TestDownloader.content(file, 500, 0),
                TestDownloader.content(file, 500, 7),
                TestDownloader.content(file, 501, 1),
                TestDownloader.content(file, 499, 0));

        assertThat(downloader.reply().head().length()).isZero();
        assertThat(downloader.reply().head().length()).isZero();
        assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.RANGE);
        assertThat(downloader.reply().bytes()).containsExactly(file.bytes()[499]);
        assertThat(rig.counters().refusals()).containsExactly(Map.entry(ErrorCode.RANGE, 1L));
    }

    @Test
    void findsAFileByRootByHintAndByName() throws IOException {
        MemoryFile first = rig.catalog.add(MemoryFile.complete("first.txt", 10));
        MemoryFile second = rig.catalog.add(MemoryFile.complete("second.txt", 20));
        TestDownloader downloader = rig.downloader();
        Root hint = second.content().id().asHint();
        downloader.ask(
                new Pdu.Download(RangeKind.CONTENT, 0, 0, second.content().root(), FileName.of("another name")),
                new Pdu.Download(RangeKind.CONTENT, 0, 0, hint, FileName.NONE),
                TestDownloader.byName(RangeKind.CONTENT, "first.txt"),
                TestDownloader.byName(RangeKind.CONTENT, "third.txt"),
                new Pdu.Download(RangeKind.CONTENT, 0, 0, new Root(9, 9, 9, 9), FileName.of("first.txt")));

        assertThat(downloader.reply().bytes()).isEqualTo(second.bytes());
        Reply byHint = downloader.reply();
        assertThat(byHint.bytes()).isEqualTo(second.bytes());
        assertThat(byHint.head().root())
                .as("the full root")
                .isEqualTo(second.content().root());
        assertThat(downloader.reply().bytes()).isEqualTo(first.bytes());
        assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(downloader.reply().failure().code())
                .as("a root that is not here is not replaced by a name that is")
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void servesManifestsAndPieceMapsInRanges() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.partial("film.mkv", 10 * 65_536 + 1, 0, 2, 10));
        byte[] manifest = new byte[file.manifest().encodedLength()];
        file.manifest().encode().get(manifest);
        TestDownloader downloader = rig.downloader();
        Root root = file.content().root();
        downloader.ask(
                new Pdu.Download(RangeKind.MANIFEST, 0, 0, root, FileName.NONE),
                new Pdu.Download(RangeKind.MANIFEST, 5, 40, root, FileName.NONE),
                new Pdu.Download(RangeKind.MANIFEST, manifest.length + 1, 0, root, FileName.NONE),
                new Pdu.Download(RangeKind.HAVE, 0, 0, root, FileName.NONE),
                new Pdu.Download(RangeKind.HAVE, 1, 9, root, FileName.NONE));

        Reply whole = downloader.reply();
        assertThat(whole.bytes()).isEqualTo(manifest);
        assertThat(whole.head().kind()).isEqualTo(RangeKind.MANIFEST);
        assertThat(whole.head().size()).as("always the content's").isEqualTo(10 * 65_536 + 1);
        assertThat(whole.head().complete()).isFalse();
        assertThat(downloader.reply().bytes()).isEqualTo(Arrays.copyOfRange(manifest, 5, 45));
        assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.RANGE);
        assertThat(downloader.reply().bytes()).containsExactly(0b1010_0000, 0b0010_0000);
        assertThat(downloader.reply().bytes()).containsExactly(0b0010_0000);
    }

    @Test
    void aPartialSourceGivesTheRunThatItHolds() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.partial("film.mkv", 4 * 65_536 + 5, 1, 2, 4));
        TestDownloader downloader = rig.downloader();
        downloader.ask(
                TestDownloader.content(file, 65_536, 0),
                TestDownloader.content(file, 65_536 + 7, 10),
                TestDownloader.content(file, 0, 100),
                TestDownloader.content(file, 3 * 65_536 - 1, 100),
                TestDownloader.content(file, 4 * 65_536, 0),
                TestDownloader.content(file, 4 * 65_536 + 5, 0));

        Reply run = downloader.reply();
        assertThat(run.bytes()).isEqualTo(Arrays.copyOfRange(file.bytes(), 65_536, 3 * 65_536));
        assertThat(run.head().complete()).isFalse();
        assertThat(downloader.reply().bytes()).hasSize(10);
        Pdu.Failed notHeld = downloader.reply().failure();
        assertThat(notHeld.code()).isEqualTo(ErrorCode.NOT_HELD);
        assertThat(notHeld.retryAfterSeconds()).isEqualTo(1);
        assertThat(downloader.reply().bytes()).hasSize(1);
        assertThat(downloader.reply().bytes()).hasSize(5);
        assertThat(downloader.reply().head().length()).isZero();
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        List<MemoryFile> files = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            files.add(rig.catalog.add(MemoryFile.complete("file" + i, i * 1_111)));
        }
        TestDownloader downloader = rig.downloader();
        Pdu.Download[] requests = new Pdu.Download[500];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = TestDownloader.content(files.get(i % 50));
        }
        downloader.ask(requests);
        for (int i = 0; i < requests.length; i++) {
            assertThat(Arrays.equals(
                            downloader.reply().bytes(), files.get(i % 50).bytes()))
                    .as("answer %d", i)
                    .isTrue();
        }
        assertThat(rig.counters().requests()).isEqualTo(500);
    }

    @Test
    void readsNoFurtherThanItsLimitAhead() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 3 * 1024 * 1024));
        TestDownloader downloader = rig.downloader(4_096);
        Pdu.Download[] requests = new Pdu.Download[300];
        Arrays.fill(requests, TestDownloader.content(file));
        downloader.ask(requests);
        rig.harness.turn(50);

        // What the kernels hold between the two takes some answers; the rest stays unread.
        assertThat(rig.counters().requests()).isLessThan(64);
        long read = rig.harness.loop.counters().get(LoopCounter.BYTES_IN);
        assertThat(read).isLessThanOrEqualTo((64 + rig.counters().requests()) * 101);
    }

    @Test
    void aTrickledRequestIsARequest() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 250));
        TestDownloader downloader = rig.downloader();
        ByteBuffer bytes = ByteBuffer.allocate(202);
        PduCodec.encode(TestDownloader.content(file), bytes);
        PduCodec.encode(TestDownloader.content(file, 100, 1), bytes);
        for (byte b : bytes.array()) {
            downloader.sendRaw(ByteBuffer.wrap(new byte[] {b}));
            rig.harness.loop.runOnce(0);
        }
        assertThat(downloader.reply().bytes()).isEqualTo(file.bytes());
        assertThat(downloader.reply().bytes()).containsExactly(file.bytes()[100]);
    }

    @Test
    void answersAllThatWasAskedBeforeTheOtherSideHalfClosed() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 2_000_000));
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file), TestDownloader.content(file, 7, 1));
        downloader.channel.shutdownOutput();

        assertThat(Arrays.equals(downloader.reply().bytes(), file.bytes())).isTrue();
        assertThat(downloader.reply().bytes()).hasSize(1);
        downloader.awaitEnd();
        assertThat(downloader.reset).isFalse();
        rig.harness.turnUntil(() -> rig.counters().connectionsOpen() == 0);
    }

    @Test
    void aMalformedRequestIsAnsweredAndTheNextOneToo() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 5));
        TestDownloader downloader = rig.downloader();
        byte[] wrongKind = new byte[101];
        wrongKind[0] = 'D';
        wrongKind[1] = 7;
        downloader.sendRaw(ByteBuffer.wrap(wrongKind));
        downloader.ask(TestDownloader.content(file));

        assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(downloader.reply().bytes()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "C", "E", "R", "\0", "x"})
    void whatIsNoRequestEndsTheConnectionAfterWhatIsOwed(String type) throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 1_000_000));
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file));
        downloader.sendRaw(ByteBuffer.wrap(type.getBytes()));

        assertThat(downloader.reply().bytes()).hasSize(1_000_000);
        downloader.awaitEnd();
        assertThat(downloader.reset).isFalse();
        assertThat(downloader.unreadBytes()).isZero();
        assertThat(rig.counters().closedProtocol()).isEqualTo(1);
    }

    @Test
    void anUnknownFirstByteEndsTheConnectionAtOnce() throws IOException {
        TestDownloader downloader = rig.downloader();
        downloader.sendRaw(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
        downloader.awaitEnd();

        assertThat(rig.counters().closedProtocol()).isEqualTo(1);
        rig.harness.turnUntil(() -> rig.counters().connectionsOpen() == 0);
    }

    @Test
    void anotherProtocolMayHaveAFirstByte() throws IOException {
        try (ContentRig second = new ContentRig(ContentLimits.DEFAULT)) {
            RecordingHandler text = new RecordingHandler();
            second.server.register('G', remote -> text);
            assertThatThrownBy(() -> second.server.register('D', remote -> text))
                    .isInstanceOf(IllegalArgumentException.class);
            second.started();
            MemoryFile file = second.catalog.add(MemoryFile.complete("file.bin", 5));
            TestDownloader speaksText = second.downloader();
            TestDownloader speaksPdu = second.downloader();
            speaksText.sendRaw(ByteBuffer.wrap("GET RFC 1".getBytes()));
            speaksPdu.ask(TestDownloader.content(file));

            assertThat(speaksPdu.reply().bytes()).hasSize(5);
            second.harness.turnUntil(() -> text.received.size() == 9);
            assertThat(text.received.toString()).isEqualTo("GET RFC 1");
            assertThat(text.events).startsWith("open", "bytes");
            speaksText.close();
            second.harness.turnUntil(text::isClosed);
        }
    }

    @Test
    void keepsAFileOpenForASecondReaderAndNotForEver() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 5));
        for (int i = 0; i < 3; i++) {
            TestDownloader downloader = rig.downloader();
            downloader.ask(TestDownloader.content(file), TestDownloader.content(file));
            downloader.replies(2);
        }
        assertThat(file.opened).isEqualTo(1);
        assertThat(file.closed).isZero();
        rig.harness.advance(OpenFiles.KEEP_OPEN_NANOS);
        assertThat(file.closed).isEqualTo(1);
    }

    @Test
    void closingEndsEverything() throws IOException {
        MemoryFile file = rig.catalog.add(MemoryFile.complete("file.bin", 3_000_000));
        TestDownloader busy = rig.downloader(4_096);
        TestDownloader idle = rig.downloader();
        busy.ask(TestDownloader.content(file));
        rig.harness.turnUntil(
                () -> rig.counters().connectionsOpen() == 2 && rig.counters().bytesSent() > 0);
        rig.server.close();
        rig.harness.turn(1);
        busy.awaitEnd();
        idle.awaitEnd();

        assertThat(file.closed).isEqualTo(file.opened);
        assertThat(rig.counters().connectionsOpen()).isZero();
        assertThatThrownBy(rig::downloader).isInstanceOf(IOException.class);
    }
}
