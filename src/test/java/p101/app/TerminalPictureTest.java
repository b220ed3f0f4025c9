package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import p101.direct.Picture;

class TerminalPictureTest {
    @ParameterizedTest
    @CsvSource({
        "xterm-256color, truecolor, '', TRUE",
        "xterm-256color, 24bit, '', TRUE",
        "xterm, truecolor, '', TRUE",
        "xterm-direct, '', '', TRUE",
        "xterm-256color, '', '', INDEXED",
        "screen-256color, 1, '', INDEXED",
        "tmux-256color, yes, '', INDEXED",
        "xterm, '', '', NONE",
        "vt100, '', '', NONE",
        "dumb, truecolor, '', NONE",
        "'', truecolor, '', NONE",
        "xterm-256color, truecolor, 1, NONE"
    })
    void theEnvironmentSaysWhatATerminalCanDo(String term, String colourTerm, String noColour, String expected) {
        assertThat(TerminalPicture.colours(Map.of("TERM", term, "COLORTERM", colourTerm, "NO_COLOR", noColour)))
                .isEqualTo(TerminalPicture.Colours.valueOf(expected));
    }

    @Test
    void withoutAnyWordOfColoursThereAreNone() {
        assertThat(TerminalPicture.colours(Map.of())).isEqualTo(TerminalPicture.Colours.NONE);
        assertThat(TerminalPicture.colours(Map.of("TERM", "xterm-256color")))
                .isEqualTo(TerminalPicture.Colours.INDEXED);
    }

    @Test
    void twoPixelsShareAPlaceInEitherKindOfColour() {
        Picture picture = new Picture(2, 3, new int[] {0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x000000, 0x808080});
        assertThat(TerminalPicture.draw(picture, 80, 24, TerminalPicture.Colours.INDEXED))
                .isEqualTo("\u001b[38;5;196m\u001b[48;5;21m\u2580\u001b[38;5;46m\u001b[48;5;231m\u2580\u001b[0m\n"
                        + "\u001b[38;5;16m\u001b[49m\u2580\u001b[38;5;244m\u001b[49m\u2580\u001b[0m\n");
        assertThat(TerminalPicture.draw(picture, 80, 24, TerminalPicture.Colours.TRUE))
                .startsWith("\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m\u2580")
                .doesNotContain(";5;");
    }

    @Test
    void aLargePictureIsMadeToFit() {
        Picture picture = new Picture(300, 100, new int[30_000]);
        assertThat(TerminalPicture.draw(picture, 60, 24, TerminalPicture.Colours.INDEXED)
                        .lines())
                .hasSize(10)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(c -> c == '\u2580')).hasSize(60));
    }

    /** The levels of the palette as xterm defined it. */
    private static int rgbOf(int index) {
        if (index >= 232) {
            return (8 + 10 * (index - 232)) * 0x010101;
        }
        int[] levels = {0, 95, 135, 175, 215, 255};
        int cube = index - 16;
        return levels[cube / 36] << 16 | levels[cube / 6 % 6] << 8 | levels[cube % 6];
    }

    private static int distance(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (a >> shift & 0xFF) - (b >> shift & 0xFF);
            sum += difference * difference;
        }
        return sum;
    }

    @Test
    void noColourOfThePaletteIsNearerThanTheOneThatIsTaken() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int grey = (i & 0xFF) * 0x010101;
            int rgb = i < 256 ? grey : random.nextInt(1 << 24);
            int taken = TerminalPicture.indexed(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
            assertThat(taken).isBetween(16, 255);
            for (int other = 16; other < 256; other++) {
                assertThat(distance(rgb, rgbOf(taken)))
                        .as("%06x as %d, not %d", rgb, taken, other)
                        .isLessThanOrEqualTo(distance(rgb, rgbOf(other)));
            }
        }
    }
}
