package p101.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import p101.library.FileChangedException;
import p101.loop.LoopHarness;

class OpenFilesTest {
    private final LoopHarness harness = new LoopHarness();
    private final OpenFiles files = new OpenFiles(harness.loop, 2);
    private final MemoryFile a = MemoryFile.complete("a", 10);
    private final MemoryFile b = MemoryFile.complete("b", 10);
    private final MemoryFile c = MemoryFile.complete("c", 10);

    @AfterEach
    void close() throws IOException {
        harness.close();
    }

    @Test
    void closesTheOneThatWasUsedLeastRecently() throws IOException {
        files.open(a);
        files.open(b);
        files.open(a);
        files.open(c);

        assertThat(files.size()).isEqualTo(2);
        assertThat(b.closed).isEqualTo(1);
        assertThat(a.closed + c.closed).isZero();
    }

    @Test
    void closesWhatIsNotUsedAndKeepsWhatIs() throws IOException {
        files.open(a);
        files.open(b);
        harness.advance(OpenFiles.KEEP_OPEN_NANOS / 2);
        read(b, 0);
        harness.advance(OpenFiles.KEEP_OPEN_NANOS / 2);
        assertThat(a.closed).isEqualTo(1);
        assertThat(b.closed).isZero();
        harness.advance(OpenFiles.KEEP_OPEN_NANOS);
        assertThat(b.closed).isEqualTo(1);
        assertThat(files.size()).isZero();
    }

    @Test
    void opensAnewAfterItHasClosed() throws IOException {
        files.open(a);
        harness.advance(OpenFiles.KEEP_OPEN_NANOS);
        read(a, 3);
        assertThat(a.opened).isEqualTo(2);
        files.close();
        assertThat(a.closed).isEqualTo(2);
    }

    @Test
    void aFileThatIsTooShortHasChanged() {
        assertThatThrownBy(() -> files.readFully(a, ByteBuffer.allocate(5), 6))
                .isInstanceOf(FileChangedException.class);
        assertThat(a.closed).isEqualTo(a.opened);
        assertThat(files.size()).isZero();
    }

    private void read(MemoryFile file, int position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        files.readFully(file, one, position);
        assertThat(one.get(0)).isEqualTo(file.bytes()[position]);
    }
}
