package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "1048575, 1024.0 KiB",
        "1048576, 1.0 MiB",
        "1073741824, 1.0 GiB",
        "281474976710655, 256.0 TiB"
    })
    void sizes(long bytes, String text) {
        assertThat(Texts.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "59, 0:59", "60, 1:00", "3599, 59:59", "3600, 1:00:00", "36000, 10:00:00"})
    void durations(long seconds, String text) {
        assertThat(Texts.duration(seconds)).isEqualTo(text);
    }

    @Test
    void seconds() {
        assertThat(Texts.seconds(0)).isEqualTo("0.00 s");
        assertThat(Texts.seconds(1_049_999_999L)).isEqualTo("1.05 s");
    }

    @Test
    void wideLettersTakeTwoColumnsAndMarksNone() {
        assertThat(Texts.columns("abc")).isEqualTo(3);
        assertThat(Texts.columns("文件")).isEqualTo(4);
        assertThat(Texts.columns("e\u0301")).isEqualTo(1);
        assertThat(Texts.columns("می\u200cخواهم")).isEqualTo(7);
        assertThat(Texts.left("文", 4)).isEqualTo("文  ");
        assertThat(Texts.right("文", 4)).isEqualTo("  文");
    }

    @Test
    void cuttingKeepsWithinTheColumnsAndCutsNoLetterInTwo() {
        assertThat(Texts.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Texts.cut("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Texts.cut("文件文件", 6)).isEqualTo("文件…");
        assertThat(Texts.cut("😀😀😀😀", 6)).isEqualTo("😀😀…");
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "15m, 900", "2h, 7200", "1d, 86400", "0, 0"})
    void times(String text, long seconds) {
        assertThat(Durations.parseNanos(text)).isEqualTo(seconds * 1_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"''", "m", "-1", "1w", "1.5h", "9999999999999999999", "99999999d", "5 m"})
    void noTimes(String text) {
        assertThat(Durations.parseNanos(text)).isEqualTo(-1);
    }

    @Test
    void progressSaysPercentBytesRateAndTimeLeft() {
        assertThat(ProgressText.line("a.bin", 512, 1024, 256, 2))
                .isEqualTo("a.bin  50%  512 B of 1.0 KiB  256 B/s  0:02 left");
        assertThat(ProgressText.line("a.bin", 0, 0, 0, -1)).isEqualTo("a.bin  100%  0 B of 0 B  0 B/s");
    }

    @Test
    void hexTakesGroupsLinesAndComments() {
        assertThat(Hex.parse("52 # R\n01 0aFF")).containsExactly(0x52, 1, 10, 0xFF);
        assertThat(Hex.parse("5")).isNull();
        assertThat(Hex.parse("")).isNull();
        assertThat(Hex.parse("0x52")).isNull();
        assertThat(Hex.parse("٠٠")).isNull();
    }
}
