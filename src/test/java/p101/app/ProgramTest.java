package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {
    private final Cli cli = new Cli();

    static List<String> commandNames() {
        return Commands.NAMES;
    }

    @Test
    void versionIsOneLineOnStandardOutput() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).startsWith("p101 ").hasLineCount(1);
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void helpListsEveryCommandWithItsSummary() {
        assertThat(cli.run("--help")).isZero();
        for (Command command : Commands.all()) {
            assertThat(cli.outLines()).anyMatch(line -> line.startsWith("  " + command.name() + " "));
        }
        assertFitsEightyColumns();
    }

    @Test
    void withoutAWordTheHelpGoesToStandardErrorAndItIsWrongUsage() {
        assertThat(cli.run()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("Usage: p101");
    }

    @ParameterizedTest
    @MethodSource("commandNames")
    void theHelpOfEachCommandFitsAndNamesUsageAndExitCodes(String name) {
        assertThat(cli.run(name, "--help")).isZero();
        assertThat(cli.out()).startsWith("Usage: p101 " + name);
        ExitCode.descriptions()
                .forEach((code, meaning) -> assertThat(cli.outLines())
                        .anyMatch(line -> line.startsWith("  " + code + " ") && line.endsWith(meaning)));
        assertThat(cli.err()).isEmpty();
        assertFitsEightyColumns();
        String help = cli.out();
        assertThat(cli.run("help", name)).isZero();
        assertThat(cli.out()).isEqualTo(help);
    }

    /** Whoever reads the help of one command knows what happens when an option is left out. */
    @ParameterizedTest
    @MethodSource("commandNames")
    void theHelpTellsTheDefaultOfEachNumberAndAddress(String name) {
        Command command = Commands.named(name);
        for (Option option : command.options()) {
            if (List.of("N", "PORT", "ADDRESS", "HOST[:PORT]", "NAME", "FOLDER").contains(option.label())) {
                assertThat(command.help(option)).as(option.name()).containsPattern("\\(default|not given");
            }
        }
    }

    @Test
    void theHelpOfThePeerSaysThatItAsks() {
        assertThat(cli.run("peer", "--help")).isZero();
        assertThat(cli.out().replaceAll("\\s+", " "))
                .contains("--port=N TCP port to serve on, 0 = a free one; asked for if not given [P101_PORT]")
                .contains("--name=NAME your name among the peers, at most 16 bytes; asked for if not given [P101_NAME]")
                .doesNotContain("(default: 0)");
    }

    private void assertFitsEightyColumns() {
        assertThat(cli.outLines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @MethodSource("commandNames")
    void anUnknownOptionIsWrongUsageAndNamesTheHelp(String name) {
        assertThat(cli.run(name, "--no-such-option")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).hasLineCount(1).startsWith("p101: " + name).contains("p101 " + name + " --help");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void anUnknownCommandIsToldWithTheNearestOne() {
        assertThat(cli.run("lst")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err())
                .isEqualTo("p101: 'lst' is not a command (did you mean ls?); p101 --help lists the commands\n");
        assertThat(cli.run("\u001b[31m")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).doesNotContain("\u001b").contains("\\u{1b}");
    }

    @ParameterizedTest
    @CsvSource({
        "index --port 65536, --port",
        "index --port -1, --port",
        "index --lease 0, --lease",
        "index --lease 65536, --lease",
        "index --max-rows 0, --max-rows",
        "index --bind nowhere.invalid, --bind",
        "ls --index :1, index address",
        "ls --index 127.0.1, index address",
        "p2pci list --server 127.0.1, HOST:PORT",
        "index --port 0 --bind 127.0.1, --bind",
        "index --port 0 --bind 127.0.0.1 --advertise 10.1, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise 0.0.0.0, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise 127.0.0.1, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise 224.0.0.1, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise 255.255.255.255, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise 169.254.1.1, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise ::, --advertise",
        "index --port 0 --bind 127.0.0.1 --advertise ::1, --advertise",
        "index --port 0 --bind 192.0.2.1, --bind",
        "ls --bind 127.1, --bind",
        "find x --bind 0127, --bind",
        "get x --bind 127.0.1, --bind",
        "share x --bind 127.0.1, --bind",
        "share x --bind=, --bind",
        "peer --name ann --port 0 --bind 127.0.1, --bind",
        "chat --server 127.0.1, HOST:PORT",
        "chat --bind 127.0.1, --bind",
        "overlay --join 127.0.1, HOST:PORT",
        "overlay --root --port 0 --bind 127.0.1, --bind",
        "rendezvous list --server 127.0.1, HOST:PORT",
        "rendezvous register ann --address 127.0.1, --address",
        "send --to 127.0.1:5000 hello, HOST:PORT",
        "p2pci get 1 127.0.1:6010, HOST:PORT",
        "ls --index 127.0.0.1:0, index address",
        "ls --index 127.0.0.1:65536, index address",
        "share x --name a/b, --name",
        "share x --name abcdefghijklmnopq, --name",
        "share x --port 65536, --port",
        "get x --existing maybe, --existing",
        "get x --id 12, --id",
        "get x --keep-sharing=soon, --keep-sharing",
        "get ../x, ../x",
        "get x --no-sharing --keep-sharing, --no-sharing",
        "find x --id zz, --id",
        "find, find",
        "decode zz, decode",
        "root, root",
        "get, get"
    })
    void aMistakeInAValueIsSaidWithItsPlace(String line, String place) {
        assertThat(cli.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).hasLineCount(1).startsWith("p101: ").contains(place);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void optionsGoOverTheEnvironmentAndThatOverDefaults() {
        cli.with("P101_INDEX", "127.0.0.1:bad-from-environment");
        assertThat(cli.run("ls")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("bad-from-environment");
        assertThat(cli.run("ls", "--index", "127.0.0.1:bad-from-option")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("bad-from-option").doesNotContain("environment");
    }

    @Test
    void aMistakeInAVariableNamesTheVariable() {
        cli.with("P101_PORT", "many");
        assertThat(cli.run("share", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("P101_PORT: 'many'");
        cli.with("P101_PORT", "").with("P101_NAME", "a/b");
        for (String command : List.of("share x", "peer --port 0")) {
            assertThat(cli.run(command.split(" "))).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).contains("P101_NAME: 'a/b'").doesNotContain("--name");
        }
    }

    @Test
    void aFolderForDownloadsThatIsAFileIsCalledAFile(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("file"), "").toString();
        assertThat(cli.run("peer", "--name", "ann", "--port", "0", "--dir", file))
                .isEqualTo(ExitCode.DISK);
        assertThat(cli.err()).hasLineCount(1).contains(file + " is a file, not a folder", "--dir");
    }

    @Test
    void anUnknownHostIsNoAnswer() {
        assertThat(cli.run("ls", "--index", "no-such-host.invalid")).isEqualTo(ExitCode.INDEX_SILENT);
        assertThat(cli.err()).hasLineCount(1).contains("no-such-host.invalid").contains("--index");
    }

    @Test
    void stackTracesComeOnlyWithV(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();
        assertThat(cli.run("root", missing)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).hasLineCount(1).contains("there is no such file");
        assertThat(cli.run("root", "-v", missing)).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).contains("\tat ");
    }

    @Test
    void aReaderWhoHasEnoughEndsTheCommandWithoutAWord() {
        Program program = programWhoseOutputFails("Broken pipe");
        assertThat(program.run("completion")).isZero();
        assertThat(program.run("--help")).isZero();
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void resultsThatCannotBeWrittenAreAFailure() {
        Program program = programWhoseOutputFails("No space left on device");
        for (String word : List.of("completion", "--help", "--version")) {
            cli.err.reset();
            assertThat(program.run(word)).as(word).isEqualTo(ExitCode.DISK);
            assertThat(cli.err()).isEqualTo("p101: standard output cannot be written: No space left on device\n");
        }
    }

    private Program programWhoseOutputFails(String message) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
        return new Program(new Console(
                InputStream.nullInputStream(),
                new Output(failing),
                new Messages(cli.err, false, Map.of()),
                Map.of(),
                cli.stop,
                false));
    }

    @Test
    void colourNeedsATerminalAndNoNoColor() {
        assertThat(cli.run("lst")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).doesNotContain("\u001b");
        Cli terminal = new Cli().onTerminal();
        terminal.run("lst");
        assertThat(terminal.err()).contains("\u001b[31m");
        terminal.run("ls", "--help");
        assertThat(terminal.out()).contains("\u001b[");
        terminal.with("NO_COLOR", "1");
        terminal.run("lst");
        assertThat(terminal.err()).doesNotContain("\u001b");
        terminal.run("ls", "--help");
        assertThat(terminal.out()).doesNotContain("\u001b");
    }

    @Test
    void completionKnowsCommandsAndOptions() {
        assertThat(cli.run("completion")).isZero();
        assertThat(cli.out()).contains("complete -F").contains("--keep-sharing").contains("unshare");
    }
}
