package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a "java" that only tells what it was started with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path folder;

    private Path launcher;
    private Path javaHome;

    @BeforeEach
    void layOut() throws IOException {
        launcher = Files.copy(
                Path.of("src/main/launcher/p101"),
                Files.createDirectories(folder.resolve("some place")).resolve("p101"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createFile(launcher.resolveSibling("p101.jar"));
        javaHome = fakeJava("17.0.15");
    }

    private Path fakeJava(String version) throws IOException {
        Path home = folder.resolve("java " + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"LC_ALL=$LC_ALL\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private record Ran(int exitCode, List<String> lines) {}

    private Ran run(Map<String, String> environment, String... line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output.lines().toList());
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(List.of(words));
        return run(Map.of("JAVA_HOME", javaHome.toString()), line.toArray(new String[0]));
    }

    @Test
    void wordsReachTheProgramAsTheyAre() throws Exception {
        Ran ran = run("get", "a b", "", "*", "$HOME");
        assertThat(ran.exitCode()).isZero();
        int jar = ran.lines().indexOf("-jar");
        assertThat(ran.lines().subList(jar + 1, ran.lines().size()))
                .containsExactly(
                        launcher.toRealPath().resolveSibling("p101.jar").toString(), "get", "a b", "", "*", "$HOME");
    }

    @Test
    void shortCommandsStartFastAndLongOnesStaySmall() throws Exception {
        assertThat(run("ls").lines()).contains("-XX:TieredStopAtLevel=1");
        for (String command : List.of("get", "share", "peer", "chat", "send", "receive")) {
            assertThat(run(command, "x").lines())
                    .as(command)
                    .contains("-XX:+ExitOnOutOfMemoryError")
                    .doesNotContain("-XX:TieredStopAtLevel=1");
        }
        for (String command : List.of("get", "send")) {
            assertThat(run(command, "x").lines())
                    .as("what hashes at once is compiled at once: " + command)
                    .contains(
                            "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.SHA2::implCompress,0.01");
        }
        assertThat(run("index").lines()).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void preparedClassesAreTakenForTheirOwnJavaOnly() throws Exception {
        assertThat(run("ls").lines()).noneMatch(line -> line.contains("SharedArchiveFile"));
        Files.createFile(launcher.resolveSibling("p101-17.0.15.jsa"));
        assertThat(run("ls").lines()).anyMatch(line -> line.startsWith("-XX:SharedArchiveFile="));
        javaHome = fakeJava("25.0.1");
        assertThat(run("ls").lines()).noneMatch(line -> line.contains("SharedArchiveFile"));
    }

    @Test
    void itIsFoundThroughLinksAndInAnInstallation() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("some place", "p101"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);
        Map<String, String> java = Map.of("JAVA_HOME", javaHome.toString());
        assertThat(run(java, second.toString(), "ls").exitCode()).isZero();
        Path installed = Files.createDirectories(folder.resolve("usr/bin")).resolve("p101");
        Files.copy(launcher, installed);
        assertThat(installed.toFile().setExecutable(true)).isTrue();
        assertThat(run(java, installed.toString(), "ls").exitCode()).isEqualTo(1);
        Files.createFile(Files.createDirectories(folder.resolve("usr/lib/p101")).resolve("p101.jar"));
        assertThat(run(java, installed.toString(), "ls").exitCode()).isZero();
    }

    @Test
    void aMissingOrOldJavaIsSaid() throws Exception {
        javaHome = folder.resolve("nowhere");
        assertThat(run("ls")).satisfies(ran -> {
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.lines()).singleElement().asString().contains("JAVA_HOME", "17");
        });
        for (String old : List.of("1.8.0_392", "11.0.2", "16")) {
            javaHome = fakeJava(old);
            assertThat(run("ls").lines()).singleElement().asString().contains("too old", old);
        }
    }

    @Test
    void withoutALocaleNamesAreUtf8AndAGivenOneStays() throws Exception {
        assertThat(run("ls").lines()).first().isEqualTo("LC_ALL=C.UTF-8");
        Map<String, String> german = Map.of("JAVA_HOME", javaHome.toString(), "LC_ALL", "de_DE.UTF-8");
        assertThat(run(german, launcher.toString(), "ls").lines()).first().isEqualTo("LC_ALL=de_DE.UTF-8");
    }
}
