package p101.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process without free descriptors learns nothing of its files, and takes that for no news. */
@EnabledOnOs(OS.LINUX)
class LibraryDescriptorsTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void whatCannotBeLookedAtStaysShared() throws IOException, InterruptedException {
        TestFiles.writeOld(folder.resolve("a"), TestFiles.pattern(10));
        TestFiles.writeOld(folder.resolve("sub/b"), TestFiles.pattern(20));
        TestFiles.writeOld(folder.resolve("sub/deeper/c"), TestFiles.pattern(30));
        String classes = placeOf(Library.class) + File.pathSeparator + placeOf(Child.class);
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        // Without -MaxFDLimit the JVM would raise the limit to the hard one.
                        "ulimit -n 100; LC_ALL=C exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-MaxFDLimit",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        Child.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output.lines())
                    .containsExactly(
                            "shared +a +b +c",
                            "none left: ?" + folder.getFileName() + " Too many open files",
                            "none left again:",
                            "two left:",
                            "not hashed:",
                            "deleted: +d -c",
                            "none left: ?" + folder.getFileName() + " Too many open files");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path placeOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** The process that runs out. */
    static final class Child implements LibraryListener {
        private final List<String> events = new ArrayList<>();
        private final List<FileInputStream> held = new ArrayList<>();
        private Library library;

        private Child() {}

        public static void main(String[] args) throws Exception {
            new Child().run(Path.of(args[0]));
        }

        private void run(Path folder) throws Exception {
            library = Library.open(new LibraryOptions(null, 1, 100), new ManualClock(), this);
            library.add(folder).get(20, TimeUnit.SECONDS);
            look("shared");
            useUp();
            look("none left:");
            look("none left again:");
            // A folder takes two while it is walked: that of the share can be, those below it cannot.
            free(2);
            look("two left:");
            free(1_000);
            TestFiles.writeOld(folder.resolve("d"), TestFiles.pattern(40));
            useUp();
            free(2);
            look("not hashed:");
            awaitIdle();
            free(1_000);
            Files.delete(folder.resolve("sub/deeper/c"));
            library.rescan();
            awaitIdle();
            look("deleted:");
            useUp();
            look("none left:");
        }

        private void awaitIdle() {
            TestFiles.await(
                    () -> library.progress().filesDone() == library.progress().filesTotal());
        }

        private void useUp() {
            try {
                while (held.size() < 1_000) {
                    held.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException full) {
                return;
            }
            throw new IllegalStateException("the limit did not hold");
        }

        private void free(int count) throws IOException {
            for (int i = 0; i < count && !held.isEmpty(); i++) {
                held.remove(held.size() - 1).close();
            }
        }

        private void look(String when) {
            library.rescan();
            System.out.println(when + say());
        }

        private synchronized String say() {
            List<String> sorted = events.stream().sorted().toList();
            events.clear();
            return sorted.isEmpty() ? "" : " " + String.join(" ", sorted);
        }

        @Override
        public synchronized void onAdded(ServedFile file) {
            events.add("+" + file.label());
        }

        @Override
        public synchronized void onRemoved(ServedFile file) {
            events.add("-" + file.label());
        }

        @Override
        public synchronized void onSkipped(Path path, String reason) {
            events.add("!" + path.getFileName() + " " + reason);
        }

        @Override
        public synchronized void onUnread(Path path, String reason) {
            events.add("?" + path.getFileName() + " " + reason);
        }
    }
}
