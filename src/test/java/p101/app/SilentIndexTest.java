package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.fetch.DownloadFailure;
import p101.model.FileName;

/** Where an index should be there is a socket that takes everything and says nothing. */
class SilentIndexTest {
    @TempDir
    Path folder;

    private final DemoStage stage = new DemoStage(new Output(OutputStream.nullOutputStream()));
    private final Cli cli = new Cli();
    private DatagramSocket silent;
    private InetSocketAddress index;

    @BeforeEach
    void bind() throws Exception {
        silent = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        index = (InetSocketAddress) silent.getLocalSocketAddress();
    }

    @AfterEach
    void close() {
        stage.close();
        silent.close();
    }

    /** What asks once waits for more than a minute; this test does not, and leaves it behind. */
    @ParameterizedTest
    @ValueSource(strings = {"ls", "find a.txt", "send --to ann hello"})
    void whoWaitsIsTold(String line) throws Exception {
        cli.with("P101_INDEX", Failures.show(index));
        Thread waiting = new Thread(() -> cli.run(line.split(" ")));
        waiting.setDaemon(true);
        waiting.start();
        while (!cli.err().contains(slow())) {
            waiting.join(10);
            assertThat(waiting.isAlive()).isTrue();
        }
    }

    @Test
    void getSaysSoOnceForAllFiles() throws Exception {
        stage.environment("P101_INDEX", Failures.show(index));
        DemoStage.Background get = stage.start("get", "a.txt", "b.txt", "-o", folder + "/");
        get.await(slow()::equals);
        get.stop();
        assertThat(get.lines().stream().filter(slow()::equals)).hasSize(1);
    }

    private String slow() {
        return "p101: the index at " + Failures.show(index) + " is slow to answer; still trying";
    }

    @Test
    void getNamesTheIndexThatDoesNotAnswerOnce() {
        GetTally tally = new GetTally(cli.console().messages(), 2, 0);
        DownloadFailure failure = new DownloadFailure(DownloadFailure.Kind.INDEX_SILENT, "the index does not answer");
        for (String name : List.of("a.txt", "b.txt")) {
            GetListener file = new GetListener(cli.console(), FileName.of(name), index, true, false, tally);
            file.onFailed(failure, List.of());
            assertThat(file.exitCode()).isEqualTo(ExitCode.INDEX_SILENT);
        }
        String silence = "the index at " + Failures.show(index)
                + " does not answer: start one with p101 index, or check --index";
        assertThat(cli.err()).isEqualTo("p101: " + silence + "\n");
        assertThat(cli.outLines()).hasSize(2).allMatch(json -> json.contains("\"index-silent\",\"text\":\"" + silence));
    }
}
