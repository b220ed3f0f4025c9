package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.content.TestDownloader.Reply;
import p101.model.Content;
import p101.pdu.ErrorCode;

/** Files that change, vanish or cannot be read while they are served: never a wrong byte, and the stream keeps its step. */
@Timeout(60)
class ContentFaultsTest {
    private static final int SIZE = 6_000_000;

    private final ContentRig rig =
            new ContentRig(ContentLimits.DEFAULT.withShared(1, 64).withSendBufferBytes(50_000));
    private final MemoryFile other = rig.catalog.add(MemoryFile.complete("other", 1_000));
    private final MemoryFile file = rig.catalog.add(MemoryFile.complete("file", SIZE));

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
    @ValueSource(longs = {1, 100, 409_600, 409_601, 1_000_000, SIZE - 1})
    void aFileThatChangesWhileItIsServedEndsInAnErrorAndTheConnectionGoesOn(long changedFrom) throws IOException {
        file.failsFrom = changedFrom;
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file), TestDownloader.content(other));
        Reply reply = downloader.reply();

        assertThat(reply.failure().code()).isEqualTo(ErrorCode.CHANGED);
        assertThat(reply.bytes().length).isLessThanOrEqualTo((int) changedFrom);
        assertThat(Arrays.equals(reply.bytes(), Arrays.copyOf(file.bytes(), reply.bytes().length)))
                .isTrue();
        assertThat(downloader.reply().bytes()).isEqualTo(other.bytes());
        assertThat(file.closed).as("it is opened anew for the next one").isEqualTo(file.opened);
    }

    @Test
    void aFileThatCannotBeOpenedIsRefused() throws IOException {
        file.failsFrom = 0;
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file));
        Reply changed = downloader.reply();
        file.failure = new IOException("Too many open files");
        downloader.ask(TestDownloader.content(file), TestDownloader.content(other));
        Reply unreadable = downloader.reply();

        assertThat(changed.head()).isNull();
        assertThat(changed.failure().code()).isEqualTo(ErrorCode.CHANGED);
        assertThat(unreadable.failure().code()).isEqualTo(ErrorCode.BUSY);
        assertThat(unreadable.failure().retryAfterSeconds()).isPositive();
        assertThat(downloader.reply().bytes()).hasSize(1_000);
    }

    @Test
    void aFileThatEndsTooEarlyHasChanged() throws IOException {
        MemoryFile truncated = rig.catalog.add(new MemoryFile("short", new byte[500], true) {
            @Override
            public Content content() {
                return new Content(super.content().root(), 5_000);
            }
        });
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(truncated));

        assertThat(downloader.reply().failure().code()).isEqualTo(ErrorCode.CHANGED);
    }

    /** An interrupt closes the channel that is being read, which says nothing about the file. */
    @Test
    void aFailureIsBelievedWhenItComesAgain() throws IOException {
        file.failsFrom = 1_000_000;
        file.failures = 1;
        TestDownloader downloader = rig.downloader();
        downloader.ask(TestDownloader.content(file));

        Reply reply = downloader.reply();
        assertThat(reply.failure()).isNull();
        assertThat(Arrays.equals(reply.bytes(), file.bytes())).isTrue();
        assertThat(file.opened).isEqualTo(2);
        assertThat(file.closed).isEqualTo(1);
    }

    /**
     * The reader of the changed file is slow, so part of a frame has gone out and its buffer was taken away when the change
     * is found.
     */
    @Test
    void aChangeFoundInTheMiddleOfAFrameFinishesTheFrame() throws IOException {
        TestDownloader slow = rig.downloader(4_096);
        slow.ask(TestDownloader.content(file), TestDownloader.content(other));
        awaitFullSocket();
        long sent = rig.counters().bytesSent();
        assertThat(sent % 101)
                .as("the test needs a frame that is half sent; choose another size")
                .isNotZero();
        TestDownloader thief = rig.downloader();
        thief.ask(TestDownloader.content(other));
        thief.reply();
        assertThat(rig.counters().buffersTaken()).isEqualTo(1);

        file.failsFrom = 0;
        Reply reply = slow.reply();

        assertThat(reply.failure().code()).isEqualTo(ErrorCode.CHANGED);
        int whole = (int) (sent / 101 - 1) * 100;
        assertThat(reply.bytes()).hasSize(whole + 100);
        assertThat(Arrays.equals(Arrays.copyOf(reply.bytes(), whole), Arrays.copyOf(file.bytes(), whole)))
                .isTrue();
        int inFrame = (int) (sent % 101) - 1;
        for (int i = whole + inFrame; i < whole + 100; i++) {
            assertThat(reply.bytes()[i])
                    .as("byte %d of the frame that was finished", i - whole)
                    .isZero();
        }
        assertThat(slow.reply().bytes()).isEqualTo(other.bytes());
    }

    private void awaitFullSocket() {
        long[] before = {-1};
        rig.harness.turnUntil(() -> {
            long earlier = before[0];
            before[0] = rig.counters().bytesSent();
            return before[0] > 0 && before[0] == earlier;
        });
    }
}
