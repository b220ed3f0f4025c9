package p101.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import p101.testing.TinyTerminal;

class TerminalScreenTest {
    private static final int COLUMNS = 20;
    private static final int ROWS = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TerminalScreen typing(String input) {
        return new TerminalScreen(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, COLUMNS, ROWS);
    }

    private String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Test
    void theStatusLineIsRedrawnAboveThePromptAndTheCursorComesBack() {
        TerminalScreen screen = typing("answer\n");
        screen.placeStatus("0%");
        screen.line("a menu line");
        assertThat(printed()).isEqualTo("0%\na menu line\n");
        screen.status("50%");
        assertThat(printed()).isEqualTo("\u001b7\u001b[2A\r\u001b[2K50%\u001b8");
        assertThat(screen.ask("What?")).isEqualTo("answer");
        assertThat(printed()).isEqualTo("What? ");
        screen.status("60%");
        assertThat(printed()).as("the user's line end moved the cursor down").contains("\u001b[3A");
    }

    @Test
    void longLinesCountAsSeveral() {
        TerminalScreen screen = typing("");
        screen.placeStatus("0%");
        screen.line("x".repeat(COLUMNS + 1));
        printed();
        screen.status("y".repeat(100));
        assertThat(printed()).isEqualTo("\u001b7\u001b[3A\r\u001b[2K" + "y".repeat(COLUMNS - 1) + "\u001b8");
    }

    @Test
    void aStatusLineThatScrolledAwayIsLeftAlone() {
        TerminalScreen screen = typing("");
        screen.placeStatus("0%");
        for (int i = 1; i < ROWS; i++) {
            screen.line("line");
        }
        printed();
        screen.status("50%");
        assertThat(screen.endStatus("done")).isFalse();
        assertThat(printed()).isEmpty();
    }

    @Test
    void withoutAStatusLineNothingIsDrawn() {
        TerminalScreen screen = typing("");
        screen.status("50%");
        assertThat(screen.endStatus("done")).isFalse();
        assertThat(printed()).isEmpty();
        screen.placeStatus("0%");
        assertThat(screen.endStatus("done")).isTrue();
        assertThat(printed()).endsWith("done\u001b8");
        screen.status("late");
        assertThat(printed()).isEmpty();
    }

    @Test
    void coloursTakeNoRoomInARow() {
        TerminalScreen screen = typing("");
        screen.placeStatus("0%");
        screen.line("\u001b[38;2;1;2;3m▀\u001b[0m".repeat(COLUMNS));
        assertThat(printed()).isNotEmpty();
        screen.status("50%");
        assertThat(printed())
                .as("two rows up: that of the line, and that of the status")
                .contains("\u001b[2A");
    }

    @Test
    void inputLinesAreBoundedAndMayEndInCrLf() {
        TerminalScreen screen = typing("one\r\ntwo\n" + "x".repeat(10_000) + "\nlast");
        assertThat(screen.ask("")).isEqualTo("one");
        assertThat(screen.ask("")).isEqualTo("two");
        assertThat(screen.ask("")).hasSize(LineReader.MAX_LINE_BYTES);
        assertThat(screen.ask("")).isEqualTo("last");
        assertThat(screen.ask("")).isNull();
    }

    @Test
    void aLineAboveTheInputLeavesItWhereItIs() {
        for (int rowsBefore : new int[] {1, 3, ROWS - 1, ROWS + 5}) {
            TinyTerminal terminal = new TinyTerminal(ROWS, COLUMNS);
            TerminalScreen screen = typing("");
            for (int i = 1; i <= rowsBefore; i++) {
                screen.line("line " + i);
            }
            terminal.feed(printed() + "> hal");
            int rowOfInput = Math.min(terminal.row() + 2, ROWS - 1);
            screen.above("bob: hi");
            screen.above("cid: ho");
            terminal.feed(printed() + "lo");
            assertThat(terminal.row()).isEqualTo(rowOfInput);
            assertThat(terminal.line(rowOfInput)).isEqualTo("> hallo");
            assertThat(terminal.line(rowOfInput - 1)).isEqualTo("cid: ho");
            assertThat(terminal.line(rowOfInput - 2)).isEqualTo("bob: hi");
            assertThat(terminal.line(rowOfInput - 3))
                    .as("nothing scrolls away that has room")
                    .isEqualTo("line " + rowsBefore);
        }
    }
}
