package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import p101.fetch.DownloadFailure;
import p101.fetch.DownloadOutcome;
import p101.fetch.Progress;
import p101.fetch.SourceReport;
import p101.model.Content;
import p101.model.Endpoint;
import p101.model.FileName;
import p101.model.PeerName;
import p101.model.Root;

class GetTallyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int MIB = 1 << 20;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Messages messages = new Messages(err, true, Map.of("NO_COLOR", "1", "COLUMNS", "200"));

    private static DownloadOutcome outcome(String source, int bytes, boolean alreadyThere) {
        Endpoint endpoint = new Endpoint(InetAddress.getLoopbackAddress(), 6010);
        SourceReport report = new SourceReport(
                PeerName.of(source), endpoint, alreadyThere ? 0 : bytes, bytes, 1, Optional.empty(), "");
        return new DownloadOutcome(
                Optional.empty(),
                FileName.of("f"),
                new Content(new Root(1, 2, 3, 4), bytes),
                alreadyThere,
                alreadyThere ? bytes : 0,
                SECOND,
                List.of(report));
    }

    @Test
    void oneLineStandsForAllAndNamesTheFileThatLacksMost() {
        GetTally tally = new GetTally(messages, 300, 0);
        tally.done("a", outcome("alice", MIB, false), SECOND);
        tally.failed("b", DownloadFailure.Kind.NOT_FOUND, SECOND);
        tally.progress("small", new Progress(MIB, 2 * MIB, 5, 1, 1), SECOND);
        tally.progress("big.iso", new Progress(2 * MIB, 8 * MIB, 5, 7, 1), SECOND);
        assertThat(tally.line(2 * SECOND))
                .isEqualTo("1 of 300 files, 1 failed  4.0 MiB  2.0 MiB/s  big.iso 25% 0:07 left");
        tally.done("big.iso", outcome("alice", 8 * MIB, false), 2 * SECOND);
        assertThat(tally.line(2 * SECOND))
                .isEqualTo("2 of 300 files, 1 failed  10.0 MiB  5.0 MiB/s  small 50% 0:01 left");
    }

    @Test
    void aFileWhoseSizeNobodyToldHasNoPercentage() {
        GetTally tally = new GetTally(messages, 2, 0);
        tally.progress("rfc5.txt", new Progress(2 * MIB, Progress.UNKNOWN, 5, -1, 1), SECOND);
        assertThat(tally.line(SECOND)).isEqualTo("0 of 2 files  2.0 MiB  2.0 MiB/s  rfc5.txt 2.0 MiB");
        assertThat(ProgressText.line("rfc5.txt", 2 * MIB, Progress.UNKNOWN, MIB, -1))
                .isEqualTo("rfc5.txt  2.0 MiB  1.0 MiB/s");
    }

    @Test
    void theEndNamesSourcesAndWhatDidNotCome() {
        GetTally tally = new GetTally(messages, 5, 0);
        tally.done("a", outcome("alice", 3 * MIB, false), SECOND);
        tally.done("b", outcome("bob", MIB, false), SECOND);
        tally.done("c", outcome("bob", MIB, true), SECOND);
        tally.failed("d", DownloadFailure.Kind.INDEX_SILENT, SECOND);
        err.reset();
        tally.sumUp(2 * SECOND);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()))
                .containsExactly(
                        "p101: 75% from alice (127.0.0.1:6010)",
                        "p101: 25% from bob (127.0.0.1:6010)",
                        "p101: 3 of 5 files, 1 of them was here already, 1 failed, 1 not tried;"
                                + " 4.0 MiB in 2.00 s (2.0 MiB/s)");
        assertThat(tally.isIndexSilent()).isTrue();
    }

    @Test
    void aSingleFileNeedsNoSum() {
        GetTally tally = new GetTally(messages, 1, 0);
        tally.done("a", outcome("alice", MIB, false), SECOND);
        tally.sumUp(SECOND);
        assertThat(err.size()).isZero();
    }
}
