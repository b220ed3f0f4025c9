package p101.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads in processes of their own, killed at any moment. */
class PartialFileCrashTest {
    private static final int KILLS = 10;

    @TempDir
    Path folder;

    private static List<String> java(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                placeOf(PartialChild.class) + java.io.File.pathSeparator + placeOf(PartialFile.class),
                PartialChild.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Where a class was loaded from: the class path of this process may be hidden in a launcher. */
    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** No piece that was said to be verified is lost, none is claimed that is not right, and nothing is read to know that. */
    @Test
    void aKilledDownloadLosesNothingAndClaimsNothingWrong() throws Exception {
        Path path = folder.resolve("file.bin");
        PartialFile.Target target = TestFiles.target(path, TestFiles.pattern(PartialChild.SIZE));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<Integer> said = new HashSet<>();
        int resumedPieces = 0;
        int resumedByReading = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            said.addAll(downloadUntilKilled(path, random));
            AtomicLong rechecked = new AtomicLong();
            try (PartialFile partial = PartialFile.open(target, rechecked::set)) {
                resumedByReading += rechecked.get() > 0 ? 1 : 0;
                assertThat(said).as("seed " + seed).allMatch(partial.pieces()::has);
                for (int piece = 0; piece < partial.pieces().pieceCount(); piece++) {
                    assertThat(!partial.pieces().has(piece) || partial.isIntact(piece))
                            .as("piece %d, seed %d", piece, seed)
                            .isTrue();
                }
                resumedPieces += partial.pieces().count();
                if (partial.pieces().isComplete()) {
                    partial.abandon();
                    said.clear();
                }
            }
        }
        assertThat(resumedPieces).as("pieces that survived").isPositive();
        // A process that lost its processor between its note and the write that it was killed in may cost one.
        assertThat(resumedByReading).as("of %d kills, seed %d", KILLS, seed).isLessThanOrEqualTo(1);
    }

    private static Set<Integer> downloadUntilKilled(Path path, Random random) throws Exception {
        Process child = start(java("download", path.toString(), Long.toString(random.nextLong())));
        Set<Integer> said = new HashSet<>();
        try (BufferedReader lines = lines(child)) {
            assertThat(lines.readLine()).isEqualTo("open");
            int linesBeforeKill = random.nextInt(200);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("[0-9]+")) {
                    said.add(Integer.parseInt(line));
                }
                if (said.size() == linesBeforeKill) {
                    child.toHandle().destroyForcibly(); // unlike that of Process, this leaves the pipe open
                }
            }
        } finally {
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
        return said;
    }

    @Test
    void anotherProcessHoldsTheFileUntilItEnds() throws Exception {
        Path path = folder.resolve("file.bin");
        PartialFile.Target target = TestFiles.target(path, TestFiles.pattern(100_000));
        Process child = start(java("hold", path.toString()));
        try (BufferedReader lines = lines(child)) {
            assertThat(lines.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> PartialFile.open(target, done -> {})).isInstanceOf(PartialFileBusyException.class);
        } finally {
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
        PartialFile.open(target, done -> {}).close();
    }

    /** On POSIX a process loses its lock when it closes any channel to the file: a refused attempt must not do that. */
    @Test
    void aRefusedAttemptInThisProcessDoesNotEndItsLock() throws Exception {
        Path path = folder.resolve("file.bin");
        PartialFile.Target target = TestFiles.target(path, TestFiles.pattern(100_000));
        try (PartialFile partial = PartialFile.open(target, done -> {})) {
            assertThatThrownBy(() -> PartialFile.open(target, done -> {})).isInstanceOf(PartialFileBusyException.class);
            partial.open().close();
            Process child = start(java("hold", path.toString()));
            try (BufferedReader lines = lines(child)) {
                assertThat(lines.readLine()).isEqualTo("busy");
            } finally {
                child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Needs a Linux where a user may mount a small file system in a namespace of his own; left out elsewhere. */
    @Test
    void aFullDiskLeavesTheDownloadResumable() throws Exception {
        String script = "mount -t tmpfs -o size=1m p101 \"$0\" && exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, folder.toString()));
        assumeThat(works("unshare", "-rm", "sh", "-c", script, folder.toString(), "true"))
                .isTrue();
        command.addAll(java("diskfull", folder.resolve("file.bin").toString()));
        Process child = start(command);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = lines(child)) {
            lines.lines().forEach(said::add);
        } finally {
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
        assertThat(said).hasSize(6);
        assertThat(said.get(0)).isEqualTo("filled");
        assertThat(said.get(1)).startsWith("full: cannot write ").contains("No space left on device");
        assertThat(said.get(2)).isEqualTo("kept 5 of 13 pieces");
        assertThat(said.get(3)).startsWith("no room: ").contains("0 bytes are free");
        assertThat(said.get(4)).isEqualTo("resumed 5 of 13 pieces");
        assertThat(said.get(5)).isEqualTo("exact true");
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
