package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import p101.testing.TinyTerminal;

/** What stands on a terminal while somebody types and others talk. */
class KeyScreenTest {
    private static final int COLUMNS = 20;
    private static final int ROWS = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TinyTerminal terminal = new TinyTerminal(ROWS, COLUMNS);

    private String printed() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    /** Ctrl-C while something is typed: the shell's prompt then stands in a row of its own, and nothing half typed is said. */
    @Test
    void whoLeavesEndsTheLine() {
        KeyScreen[] screen = new KeyScreen[1];
        Keyboard keyboard =
                new Keyboard().keys("ab").then(() -> screen[0].leave()).then(() -> screen[0].leave());
        screen[0] = new KeyScreen(keyboard, out, () -> COLUMNS);
        screen[0].leave();
        assertThat(printed()).isEmpty();
        assertThat(screen[0].ask("")).isNull();
        assertThat(printed()).isEqualTo("> ab\n");
    }

    /** Keys, and between them what happens at that moment. */
    private static final class Keyboard extends InputStream {
        private final Deque<Object> coming = new ArrayDeque<>();
        private InputStream keys = InputStream.nullInputStream();

        Keyboard keys(String text) {
            coming.add(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        Keyboard then(Runnable event) {
            coming.add(event);
            return this;
        }

        @Override
        public int read() throws IOException {
            int key = keys.read();
            while (key < 0 && !coming.isEmpty()) {
                Object next = coming.poll();
                if (next instanceof Runnable event) {
                    event.run();
                } else {
                    keys = (InputStream) next;
                    key = keys.read();
                }
            }
            return key;
        }
    }

    private KeyScreen screen(InputStream keyboard) {
        return new KeyScreen(keyboard, out, () -> COLUMNS);
    }

    private String ask(String keys) {
        return screen(new Keyboard().keys(keys)).ask("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "exactly one row 18",
                "one more than a row",
                "a line that goes over three rows, which is long",
                "字字字字字字字字字字字字字字字字字字字字",
                "x字字字字字字字字字字字字字字字字字字字字",
                "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301",
                "🎵🎵🎵🎵🎵🎵🎵🎵🎵🎵🎵"
            })
    void whatOthersSayStandsAboveWhatIsTypedHoweverLong(String text) {
        for (int rowsBefore : new int[] {0, 3, ROWS - 1, ROWS + 5}) {
            terminal.feed("\u001b[9A\r\u001b[J");
            Keyboard keyboard = new Keyboard();
            KeyScreen screen = screen(keyboard);
            for (int i = 0; i < rowsBefore; i++) {
                screen.line("before " + i);
            }
            terminal.feed(printed());
            keyboard.keys(text);
            keyboard.then(() -> screen.above("bob: hi"));
            keyboard.then(() -> screen.above("cid: ho"));
            keyboard.keys("!");
            keyboard.then(() -> terminal.feed(printed()));
            keyboard.keys("\n");
            assertThat(screen.ask("")).isEqualTo(text + "!");
            StringBuilder shown = new StringBuilder();
            for (int row = 0; row <= terminal.row(); row++) {
                shown.append(terminal.line(row)).append(terminal.line(row).length() < COLUMNS / 2 ? "|" : "");
            }
            String plain = text.replace("\u0301", "");
            String all = shown.toString().replace("|", "").replace(" ", "");
            assertThat(all).endsWith(("bob: hi" + "cid: ho" + "> " + plain + "!").replace(" ", ""));
            assertThat(all).containsOnlyOnce(">").containsOnlyOnce("bob:hi");
            terminal.feed(printed());
        }
    }

    @Test
    void keysThatEdit() {
        assertThat(ask("hallo\u007f\u007flo!\n")).isEqualTo("hallo!");
        assertThat(ask("one two  \u0017three\n")).isEqualTo("one three");
        assertThat(ask("wrong\u0015right\n")).isEqualTo("right");
        assertThat(ask("e\u0301字\u007f\u007f\u007fx\n")).isEqualTo("x");
        assertThat(ask("a\u001b[A\u001bOP\u001b[1;5Cb\tc\u0001\n"))
                .as("arrows do nothing")
                .isEqualTo("ab c");
        assertThat(ask("\u001bx\n")).isEqualTo("x");
    }

    @Test
    void whatIsErasedGoesFromAllRows() {
        Keyboard keyboard = new Keyboard().keys("x".repeat(45) + "\u007f".repeat(40));
        keyboard.then(() -> terminal.feed(printed()));
        assertThat(screen(keyboard).ask("")).isEqualTo("xxxxx");
        assertThat(terminal.row()).isZero();
        assertThat(terminal.line(0)).isEqualTo("> xxxxx");
        assertThat(terminal.line(1) + terminal.line(2)).isEmpty();
    }

    @Test
    void theInputEndsByCtrlDOnAnEmptyLineAlone() {
        assertThat(ask("\u0004")).isNull();
        assertThat(ask("a\u0004b\n")).isEqualTo("ab");
        assertThat(ask("")).isNull();
        assertThat(ask("last")).isEqualTo("last");
        assertThat(ask("\n")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreLeftOutAndLinesAreBounded() {
        byte[] bytes = {
            'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xC2, (byte) 0x9B, (byte) 0xE5, (byte) 0xAD, 'c', '\n'
        };
        assertThat(screen(new ByteArrayInputStream(bytes)).ask("")).isEqualTo("abc");
        assertThat(ask("字".repeat(2_000) + "\n").getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(KeyScreen.MAX_LINE_BYTES - 2, KeyScreen.MAX_LINE_BYTES);
    }
}
