package p101.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many readers that take little, few buffers: nobody waits for a buffer, and every byte is right in the end. */
@Timeout(120)
class SlowReadersTest {
    private static final int READERS = 40;
    private static final int SIZE = 5_000_000;

    /** A small socket buffer, so that most blocks stay half sent. */
    private static final ContentLimits LIMITS =
            ContentLimits.DEFAULT.withShared(2, 2).withSendBufferBytes(100_000);

    @Test
    void aFewBuffersAreEnoughForAnyNumberOfThem() throws IOException {
        try (ContentRig rig = new ContentRig(LIMITS).started()) {
            List<MemoryFile> files = new ArrayList<>();
            List<TestDownloader> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                files.add(rig.catalog.add(MemoryFile.complete("file" + i, SIZE + i * 77)));
                TestDownloader reader = rig.downloader(4_096);
                readers.add(reader);
                reader.ask(TestDownloader.content(files.get(i)), TestDownloader.content(files.get(0), 3, 1_000));
            }
            long[] before = {-1};
            rig.harness.turnUntil(() -> {
                long earlier = before[0];
                before[0] = rig.counters().bytesSent();
                return rig.counters().requests() >= READERS && before[0] == earlier;
            });
            MemoryFile healthy = rig.catalog.add(MemoryFile.complete("healthy", SIZE));
            TestDownloader quick = rig.downloader();
            quick.ask(TestDownloader.content(healthy));
            assertThat(Arrays.equals(quick.reply().bytes(), healthy.bytes())).isTrue();

            for (int i = 0; i < READERS; i++) {
                assertThat(Arrays.equals(
                                readers.get(i).reply().bytes(), files.get(i).bytes()))
                        .as("reader %d", i)
                        .isTrue();
                assertThat(readers.get(i).reply().bytes())
                        .isEqualTo(Arrays.copyOfRange(files.get(0).bytes(), 3, 1_003));
            }
            assertThat(rig.counters().buffersTaken()).isPositive();
            int open =
                    files.stream().mapToInt(file -> file.opened - file.closed).sum();
            assertThat(open).as("files open at a time").isLessThanOrEqualTo(2);
            rig.harness.expectNoFailures();
        }
    }
}
