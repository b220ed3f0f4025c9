package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only real processes show: signals, exit codes, broken pipes, a terminal. */
class ProcessTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private String index;

    @BeforeEach
    void startIndex() throws Exception {
        Process process = start(List.of("index", "--bind", "127.0.0.1", "--port", "0", "--home", home("index")));
        String line = firstLine(process);
        assertThat(line).startsWith("p101 index listening on UDP 127.0.0.1:");
        index = line.substring(line.lastIndexOf(' ') + 1);
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private String home(String name) {
        return folder.resolve("home-" + name).toString();
    }

    /** Where the classes of this test run come from, whatever loaded them. */
    private static String classPath() {
        return Stream.of(
                        Main.class,
                        picocli.CommandLine.class,
                        org.slf4j.Logger.class,
                        ch.qos.logback.classic.Logger.class,
                        ch.qos.logback.core.Appender.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location ->
                        Path.of(java.net.URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** How a process of this program begins its command line. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "p101.app.Main");
    }

    private Process start(List<String> words) throws IOException {
        List<String> line = new ArrayList<>(java());
        line.addAll(words);
        return startLine(line);
    }

    private Process startLine(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (index != null) {
            builder.environment().put("P101_INDEX", index);
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Bytes up to the first line end; the rest stays to be read. */
    private static String firstLine(Process process) throws IOException {
        InputStream in = process.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static String rest(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String list() throws Exception {
        Process process = start(List.of("ls"));
        String rows = rest(process);
        assertThat(exitCode(process)).isZero();
        return rows;
    }

    private Process share(String name) throws Exception {
        Path file = Files.writeString(folder.resolve(name + ".txt"), name);
        Process process = start(List.of(
                "share", file.toString(), "--json", "--name", name, "--bind", "127.0.0.1", "--home", home(name)));
        while (!firstLine(process).contains("\"registered\"")) {
            assertThat(process.isAlive()).isTrue();
        }
        return process;
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void sigtermDeregistersAndEndsInTime() throws Exception {
        Process alice = share("alice");
        assertThat(list()).contains("alice.txt");
        long start = System.nanoTime();
        signal("TERM", alice);
        assertThat(exitCode(alice)).isEqualTo(143);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(rest(alice)).contains("\"confirmed\":true");
        assertThat(list()).isEmpty();
    }

    @Test
    void sigintAtTheMenuDeregistersToo() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("files")).resolve("a.txt"), "a");
        Process peer = start(List.of(
                "peer",
                "--name",
                "ann",
                "--port",
                "0",
                "--bind",
                "127.0.0.1",
                "--home",
                home("ann"),
                "--dir",
                folder.resolve("files").toString()));
        OutputStream keyboard = peer.getOutputStream();
        keyboard.write("R\na.txt\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        while (!firstLine(peer).equals("Successfully Registered")) {
            assertThat(peer.isAlive()).isTrue();
        }
        assertThat(list()).contains("a.txt");
        signal("INT", peer);
        assertThat(exitCode(peer)).isEqualTo(130);
        assertThat(list()).isEmpty();
    }

    @Test
    void sigintEndsTheIndex() throws Exception {
        signal("INT", processes.get(0));
        assertThat(exitCode(processes.get(0))).isEqualTo(130);
    }

    @Test
    void aReaderWhoLeavesEarlyCausesNoWords() throws Exception {
        String program = String.join("' '", java());
        Process pipe = startLine(List.of("sh", "-c", "{ '" + program + "' completion; echo \"code $?\" >&2; } | true"));
        assertThat(rest(pipe)).isEqualTo("code 0\n");
    }

    @Test
    void whatComesThroughAPipeIsReadWhole() throws Exception {
        Process decode = start(List.of("decode", "--json", "-"));
        try (OutputStream in = decode.getOutputStream()) {
            in.write(("44" + "00".repeat(100)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rest(decode)).startsWith("{").doesNotContain("seek");
        Process send = start(List.of("send", "--to", "127.0.0.1:1", "--wait", "1s", "-"));
        try (OutputStream in = send.getOutputStream()) {
            in.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rest(send)).contains("127.0.0.1").doesNotContain("seek");
    }

    @Test
    void theMenuWorksOnATerminal() throws Exception {
        Assumptions.assumeTrue(hasScript(), "script(1) of util-linux is not here: no terminal to test on");
        String program = String.join("' '", java());
        String command = "'" + program + "' peer --port 0 --bind 127.0.0.1 --home '" + home("tty") + "' --dir '"
                + folder.resolve("files") + "'";
        Process terminal = startLine(List.of("script", "-qec", command, "/dev/null"));
        OutputStream keyboard = terminal.getOutputStream();
        keyboard.write("Leonardo\nO\nQ\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        String screen = rest(terminal);
        assertThat(exitCode(terminal)).as(screen).isZero();
        assertThat(screen)
                .contains("Please enter preferred username: ", "List is Empty---Nothing to download", "> ")
                .endsWith("Client Session Terminated\r\n");
    }

    @Test
    void theChatLeavesTheTerminalAsItWas() throws Exception {
        Assumptions.assumeTrue(hasScript(), "script(1) of util-linux is not here: no terminal to test on");
        Process lobby = start(
                List.of("index", "--bind", "127.0.0.1", "--port", "0", "--lobby=0", "--json", "--home", home("lobby")));
        String port = firstLine(lobby).replaceFirst(".*\"lobby_port\":([0-9]+).*", "$1");
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        String chat = "'" + String.join("' '", java()) + "' chat --name ann --server 127.0.0.1:" + port;
        Process terminal = startLine(List.of(
                "script",
                "-qec",
                "stty -g > '" + before + "'; " + chat + "; code=$?; stty -g > '" + after + "'; exit $code",
                "/dev/null"));
        String shown = "";
        while (!shown.contains("/help lists")) {
            assertThat(terminal.isAlive()).as(shown).isTrue();
            shown = firstLine(terminal);
        }
        OutputStream keyboard = terminal.getOutputStream();
        keyboard.write("hallx\u007fo\n/exit\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        assertThat(rest(terminal)).contains("\u001b[J> hallo");
        assertThat(exitCode(terminal)).isZero();
        assertThat(after).hasSameTextualContentAs(before);
    }

    private static boolean hasScript() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("script", "-qec", "true", "/dev/null")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
