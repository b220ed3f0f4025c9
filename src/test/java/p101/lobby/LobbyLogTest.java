package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import p101.model.Clock;

class LobbyLogTest {
    @TempDir
    Path folder;

    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private final Clock clock = new Clock() {
        @Override
        public long nowNanos() {
            return 0;
        }

        @Override
        public long unixMillis() {
            return 1_700_000_000_123L;
        }
    };

    @Test
    void oneLineForEachEventWhateverTheTextHolds() throws IOException {
        Path file = folder.resolve("deep/er/lobby.log");
        try (LobbyLog log = LobbyLog.open(file, clock, troubles::add)) {
            log.note("SAY", "lobby ann: hello");
            log.note("SAY", "lobby ann: x\n2023-11-14T22:13:20Z JOIN root\r\u001b[2J\u2028y\u202e");
        }
        assertThat(Files.readString(file))
                .isEqualTo("2023-11-14T22:13:20.123Z SAY lobby ann: hello\n"
                        + "2023-11-14T22:13:20.123Z SAY lobby ann: x\\u{a}2023-11-14T22:13:20Z JOIN root\\u{d}\\u{1b}[2J"
                        + "\\u{2028}y\\u{202e}\n");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
        try (LobbyLog log = LobbyLog.open(file, clock, troubles::add)) {
            log.note("LEAVE", "ann");
        }
        assertThat(Files.readAllLines(file)).as("it goes on").hasSize(3);
        assertThat(troubles).isEmpty();
    }

    @Test
    void theFilesAreBoundedInSizeAndNumber() throws IOException {
        RotatingFile file = new RotatingFile(folder.resolve("lobby.log"), 1_000);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String line = "line " + i + " " + "é".repeat(i % 40) + "\n";
            written.add(line);
            assertThat(file.append(line)).isNull();
        }
        file.close();
        StringBuilder kept = new StringBuilder();
        for (int number = RotatingFile.FILES - 1; number >= 0; number--) {
            Path part = folder.resolve("lobby.log" + (number == 0 ? "" : "." + number));
            assertThat(Files.size(part)).isBetween(1L, 1_000L);
            kept.append(Files.readString(part));
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).hasSize(RotatingFile.FILES);
        }
        assertThat(String.join("", written)).endsWith(kept.toString());
    }

    @Test
    void whatCannotBeWrittenIsCountedAndToldOnce() throws IOException {
        Path blocked = Files.createDirectory(folder.resolve("lobby.log"));
        LobbyLog log = LobbyLog.open(blocked, clock, troubles::add);
        log.note("SAY", "one");
        awaitDropped(log, 1);
        log.note("SAY", "two");
        awaitDropped(log, 2);
        assertThat(troubles).singleElement().asString().contains("cannot be written");
        Files.delete(blocked);
        log.note("SAY", "three");
        log.close();
        assertThat(Files.readString(blocked)).contains(" LOST 2 events\n").endsWith(" SAY three\n");
    }

    @Test
    void aDiskThatDoesNotMoveStopsNobody() throws IOException {
        Path pipe = folder.resolve("lobby.log");
        assertThat(makePipe(pipe)).isTrue();
        LobbyLog log = LobbyLog.open(pipe, clock, troubles::add);
        String text = "x".repeat(1_000);
        long before = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            log.note("SAY", text);
        }
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
        assertThat(log.dropped()).as("its queue is bounded").isGreaterThan(2_000);
        // Lets its thread end.
        Files.newInputStream(pipe).close();
        log.close();
    }

    private static boolean makePipe(Path path) {
        try {
            return new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static void awaitDropped(LobbyLog log, long count) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (log.dropped() < count) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
