package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads over loopback from honest sources. */
class DownloadTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 16383, 16384, 16385, 65535, 65536, 65537, 131_072, 409_600, 5_000_001})
    void everySizeArrivesWhole(int size) throws IOException {
        TestContent content = TestContent.random("data.bin", size, size);
        try (TestServer server = new TestServer("alice", content);
                FetchRig rig = new FetchRig(folder)) {
            rig.index.add(server.row());
            FetchRig.Result result = rig.get(content);
            assertThat(result.failure).isNull();
            assertThat(result.outcome.path()).contains(folder.resolve("data.bin"));
            assertThat(Files.readAllBytes(folder.resolve("data.bin"))).isEqualTo(content.bytes());
            assertThat(result.outcome.content()).isEqualTo(content.content());
            assertThat(result.outcome.sources().get(0).verifiedBytes()).isEqualTo(size);
            assertThat(server.sentBytes.get() - content.manifest().encodedLength())
                    .isEqualTo(size);
        }
    }
}
