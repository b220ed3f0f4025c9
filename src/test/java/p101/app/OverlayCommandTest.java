package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code p101 overlay}, and the root in {@code p101 index}, as users run them. */
class OverlayCommandTest {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    Path folder;

    private final List<Running> running = new ArrayList<>();

    /** A command that runs until it is stopped. */
    private static final class Running {
        final Cli cli = new Cli();
        private CompletableFuture<Integer> code;

        Running run(String... words) {
            code = CompletableFuture.supplyAsync(() -> cli.run(words), task -> new Thread(task, "cli").start());
            return this;
        }

        /** Waits until the output holds this, and gives the first group of it. */
        String await(String pattern) {
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (true) {
                Matcher found = Pattern.compile(pattern, Pattern.MULTILINE).matcher(cli.out());
                if (found.find()) {
                    return found.groupCount() > 0 ? found.group(1) : found.group();
                }
                assertThat(System.nanoTime())
                        .as(pattern + " in " + cli.out() + cli.err())
                        .isLessThan(deadline);
                Thread.onSpinWait();
            }
        }

        int code() {
            return code.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    private Running start(String... words) {
        return startTyping("", words);
    }

    private Running startTyping(String typed, String... words) {
        Running one = new Running();
        one.cli.typing(typed);
        running.add(one);
        return one.run(words);
    }

    @AfterEach
    void stopAll() {
        running.forEach(one -> one.cli.stop.fire());
        running.forEach(one -> assertThat(one.code()).isIn(ExitCode.OK, ExitCode.INTERRUPTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ascii", "--binary"})
    void whatIsTypedIsHeardByAllAndTheTreeIsShown(String form) {
        Running root = start("overlay", "--root", "--bind", "127.0.0.1", "--port", "0");
        String port = root.await("^p101 overlay root listening on TCP 127\\.0\\.0\\.1:(\\d+)$");
        Running node = start("overlay", "--join", "127.0.0.1:" + port, form, "--json");
        String nodeAddress = node.await("\"role\":\"node\",\"address\":\"([^\"]+)\"");
        node.await("\"event\":\"parent-found\"");
        root.await("^tree: the root and 1 node\n  " + Pattern.quote(nodeAddress) + "$");
        Running speaker =
                startTyping("grüße \u001b[31m\n\nzwei\n", "overlay", "--join", "127.0.0.1:" + port, form, "--once");
        assertThat(speaker.code()).isZero();
        root.await("> grüße \\\\u\\{1b}\\[31m$");
        root.await("> zwei$");
        node.await("\"event\":\"heard\",\"from\":\"127.0.0.1:" + port + "\",\"text\":\"grüße \\\\u001b\\[31m\"");
        node.await("\"text\":\"zwei\"");
        root.await("is our child no more$");
    }

    @Test
    void anIndexIsARootToo() {
        Running index =
                start("index", "--bind", "127.0.0.1", "--port", "0", "--overlay=0", "--home", folder.toString());
        String port = index.await("^tree overlay on TCP port (\\d+)$");
        Running node = start("overlay", "--join", "127.0.0.1:" + port);
        node.await("^\\+ our parent is 127\\.0\\.0\\.1:" + port + "$");
        Running speaker = startTyping("hello", "overlay", "--join", "127.0.0.1:" + port, "--once");
        assertThat(speaker.code()).isZero();
        node.await("^127\\.0\\.0\\.1:" + port + "> hello$");
    }

    @ParameterizedTest
    @CsvSource({
        "overlay, give --root or --join",
        "overlay --root --join 127.0.0.1:1, give --root or --join",
        "overlay --join nowhere.invalid:1, nowhere.invalid",
        "overlay --join [::1]:1, IPv4",
        "overlay --root --bind ::1, IPv4",
        "overlay --root --port 65536, --port",
        "index --overlay=65536, --overlay"
    })
    void aMistakeIsSaid(String line, String words) {
        Cli cli = new Cli();
        assertThat(cli.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).hasLineCount(1).contains(words);
    }

    @Test
    void aPortInUseIsSaid() {
        Running root = start("overlay", "--root", "--bind", "127.0.0.1", "--port", "0");
        String port = root.await("listening on TCP 127\\.0\\.0\\.1:(\\d+)$");
        Cli second = new Cli();
        assertThat(second.run("overlay", "--root", "--bind", "127.0.0.1", "--port", port))
                .isEqualTo(ExitCode.IN_USE);
        assertThat(second.err()).contains("--port");
    }
}
