package p101.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** spec/LOBBY.md against the code: every order, every error and every limit stands there. */
class LobbySpecTest {
    private final String spec = read();

    private static String read() {
        try {
            return Files.readString(Path.of("spec/LOBBY.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyOrderOfTheHelpStandsInTheTable() {
        Wording.HELP
                .lines()
                .filter(line -> line.matches("/\\w.*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .forEach(order -> assertThat(spec).contains("| `" + order));
    }

    @Test
    void everyErrorIsNamed() {
        for (Problem problem : Problem.values()) {
            assertThat(spec).contains("`" + problem.word() + "`");
        }
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        row("members (`--lobby-limit`)", LobbyLimits.DEFAULT.members());
        row("connections from one address", LobbyLimits.DEFAULT.connectionsPerAddress());
        row("a line", LobbyLimits.LINE_BYTES);
        row("what is said in a line, made safe to print", LobbyLimits.TEXT_BYTES);
        row("files of one member", LobbyLimits.DEFAULT.filesPerMember());
        row("lines of one member", LobbyLimits.LINES_PER_SECOND);
        row("what is said by all, to one member", LobbyLimits.SAID_BYTES_PER_SECOND / 1_024);
        row("the same times the members", LobbyLimits.FAN_OUT_BYTES_PER_SECOND >> 20);
        row("bytes that wait for one member", LobbyLimits.DEFAULT.queueBytes() / 1_024);
        row("no progress with those", LobbyLimits.STALL_NANOS / 1_000_000_000L);
        row("lines shown to who joins", LobbyLimits.HISTORY_LINES);
        row("joins and leaves are told to all", LobbyLimits.NOTICE_MEMBERS);
        row("bytes read ahead", LobbyConnection.READ_BYTES_PER_TURN);
        assertThat(LobbyLimits.DEFAULT.connections() - LobbyLimits.DEFAULT.members())
                .isEqualTo(192);
        assertThat(RotatingFile.MAX_BYTES).isEqualTo(1 << 20);
        assertThat(RotatingFile.FILES).isEqualTo(8);
    }

    private void row(String what, long limit) {
        String number = String.format(Locale.ROOT, "%,d", limit);
        assertThat(spec.lines().filter(line -> line.startsWith("| " + what + " |")))
                .as(what)
                .singleElement()
                .asString()
                .containsPattern("\\b" + number + "\\b");
    }
}
