package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bash completes: the script is read by a real bash, and its function is called as the shell calls it. */
class CompletionTest {
    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void printScript() throws Exception {
        Cli cli = new Cli();
        assertThat(cli.run("completion")).isZero();
        script = Files.writeString(folder.resolve("completion.sh"), cli.out());
        Files.writeString(folder.resolve("tune one.ogg"), "");
        Files.writeString(folder.resolve("tune.txt"), "");
    }

    /** What bash offers for the last of these words. */
    private List<String> complete(String... words) throws Exception {
        StringBuilder line = new StringBuilder("p101");
        for (String word : words) {
            line.append(' ').append(word);
        }
        Process bash = new ProcessBuilder(command(line.toString(), words))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .directory(folder.toFile())
                .start();
        try (InputStream out = bash.getInputStream()) {
            bash.getOutputStream().close();
            return new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<String> command(String line, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "source \"$1\"; COMP_LINE=$2; COMP_POINT=${#COMP_LINE}; shift 2; COMP_WORDS=(p101 \"$@\"); COMP_CWORD=$#; "
                        + "_complete_p101; for one in \"${COMPREPLY[@]}\"; do echo \"$one\"; done",
                "bash",
                script.toString(),
                line));
        command.addAll(List.of(words));
        return command;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "share",
                "share -v first",
                "share --name ann",
                "share --home",
                "unshare",
                "decode",
                "decode --channel tcp",
                "root",
                "send --to ann",
                "send --to ann --file",
                "get -o",
                "get --output",
                "get tune --dir",
                "peer --dir",
                "receive --dir",
                "index --home",
                "index --lobby-log",
                "index --lobby-secret-file"
            })
    void pathsWhereAPathIsTaken(String before) throws Exception {
        String[] words = (before + " " + folder.resolve("tu")).split(" ");
        assertThat(complete(words))
                .containsExactlyInAnyOrder(
                        folder.resolve("tune one.ogg").toString(),
                        folder.resolve("tune.txt").toString());
    }

    @Test
    void theWordsOfAnOptionThatTakesOneOfAFew() throws Exception {
        assertThat(complete("get", "--existing", "")).containsExactlyInAnyOrder("skip", "keep", "rename", "overwrite");
        assertThat(complete("get", "--existing", "r")).containsExactly("rename");
        assertThat(complete("decode", "--channel", "t")).containsExactlyInAnyOrder("to-index", "tcp");
    }

    @Test
    void noPathsWhereNoneIsTaken() throws Exception {
        for (String before : List.of("find", "ls", "share --name", "get --from", "share --index", "get")) {
            assertThat(complete((before + " tu").split(" "))).as(before).isEmpty();
        }
    }

    /** Names come from other people with what was downloaded. */
    @Test
    void aNameIsNeverRunAsACommand() throws Exception {
        String hostile = "tv $(echo > ran) `echo > ran` $HOME";
        Files.writeString(folder.resolve(hostile), "");
        assertThat(complete("share", "tv")).containsExactly(hostile);
        assertThat(complete("get", "-o", "tv")).containsExactly(hostile);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void commandsAndOptions() throws Exception {
        assertThat(complete("un")).containsExactly("unshare");
        assertThat(complete("get", "--keep")).containsExactly("--keep-sharing");
    }

    /** What may be said is what is completed: each word is accepted, and the message for another names each. */
    @Test
    void theWordsAreThoseThatAreTaken() {
        Cli cli = new Cli();
        assertThat(cli.run("get", "x", "--existing", "maybe")).isEqualTo(ExitCode.USAGE);
        assertThat(GetOptions.EXISTING.words())
                .isNotEmpty()
                .allMatch(word -> cli.err().contains(word));
    }
}
