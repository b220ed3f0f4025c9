package p101.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.pdu.Pdu;
import p101.pdu.RangeKind;

/** A real process is killed with -9 in the middle of a download, again and again; the next one goes on where it was. */
class DownloadCrashTest {
    private static final int SIZE = 48_000_000;
    private static final int KILLS = 6;
    private static final long SEED = 20_240_601;

    @TempDir
    Path folder;

    /** Serves, and kills the downloader after so many more bytes. */
    private static final class Killer implements TestServer.Script {
        private static final int SLICE = 200_000;
        private final AtomicReference<Process> victim = new AtomicReference<>();
        private long bytesLeft;

        synchronized void aim(Process process, long afterBytes) {
            bytesLeft = afterBytes;
            victim.set(process);
        }

        @Override
        public void answer(Pdu.Download request, TestServer.Reply reply) throws IOException {
            if (request.kind() != RangeKind.CONTENT) {
                reply.honestly(request);
                return;
            }
            byte[] content = reply.bytesOf(RangeKind.CONTENT);
            reply.head(RangeKind.CONTENT, request.offset(), request.length());
            long end = request.offset() + request.length();
            for (long at = request.offset(); at < end; at += SLICE) {
                byte[] slice = Arrays.copyOfRange(content, (int) at, (int) Math.min(end, at + SLICE));
                reply.body(slice);
                shoot(slice.length);
            }
        }

        private synchronized void shoot(int bytes) {
            bytesLeft -= bytes;
            if (bytesLeft <= 0 && victim.get() != null) {
                victim.getAndSet(null).destroyForcibly();
            }
        }
    }

    @Test
    void nothingVerifiedIsLostAndNothingWrongIsKept() throws Exception {
        TestContent content = TestContent.random("big.bin", SIZE, 1);
        SplittableRandom random = new SplittableRandom(SEED);
        Killer killer = new Killer();
        try (TestServer server = new TestServer("source", content, killer)) {
            long resumed = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                Process child = start(server);
                killer.aim(child, random.nextLong(1_000_000, 2L * SIZE / KILLS));
                long now = number(child.inputReader(), "resumed");
                assertThat(now).as("kill %d", kill).isGreaterThanOrEqualTo(resumed);
                resumed = now;
                assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
                if (child.exitValue() == 0) {
                    break; // It was done before it had received what was aimed at.
                }
                assertThat(folder.resolve("big.bin")).doesNotExist();
            }
            if (!Files.exists(folder.resolve("big.bin"))) {
                assertThat(resumed).as("kills hit in the middle").isPositive();
                lastRun(server, resumed);
            }
            assertThat(Files.readAllBytes(folder.resolve("big.bin"))).isEqualTo(content.bytes());
        }
    }

    /** Undisturbed: it fetches exactly what is missing. */
    private void lastRun(TestServer server, long resumedBefore) throws Exception {
        Process child = start(server);
        BufferedReader out = child.inputReader();
        long resumed = number(out, "resumed");
        assertThat(resumed).isGreaterThanOrEqualTo(resumedBefore);
        assertThat(number(out, "done")).as("bytes of content that were sent").isEqualTo(SIZE - resumed);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private Process start(TestServer server) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                placeOf(DownloadChild.class) + File.pathSeparator + placeOf(Download.class),
                DownloadChild.class.getName(),
                folder.toString(),
                "big.bin",
                Integer.toString(server.endpoint().port()),
                Integer.toString(SIZE),
                server.content.content().id().toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Where a class was loaded from: the class path of this process may be hidden in a launcher. */
    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static long number(BufferedReader out, String word) throws IOException {
        String line = out.readLine();
        assertThat(line).isNotNull().startsWith(word + " ");
        return Long.parseLong(line.substring(word.length() + 1));
    }
}
