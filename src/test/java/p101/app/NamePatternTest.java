package p101.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "song, my song.ogg, true",
        "song, Song.ogg, false",
        "*.ogg, song.ogg, true",
        "*.ogg, song.ogg.txt, false",
        "s*g.?gg, song.ogg, true",
        "s*g.?gg, sg.gg, false",
        "*, anything, true",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-b-b, false",
        "?, 😀, true",
        "??, 😀, false"
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"song, song", "*.ogg, .ogg", "a*bcd?ef, bcd", "*, ''", "'', ''"})
    void theIndexIsAskedForTheLongestFixedPart(String pattern, String filter) {
        assertThat(NamePattern.of(pattern).filter()).isEqualTo(filter);
    }

    @Test
    void aLongFilterIsCutBetweenLetters() {
        String filter = NamePattern.of("文".repeat(40)).filter();
        assertThat(filter).isEqualTo("文".repeat(16));
        assertThat(NamePattern.of("😀".repeat(20)).filter().getBytes(StandardCharsets.UTF_8))
                .hasSize(48);
    }

    @Test
    void manyStarsDoNotTakeForEver() {
        assertThat(NamePattern.of("*a".repeat(25) + "b").matches("a".repeat(250)))
                .isFalse();
    }

    @Test
    void whatIsTypedDecomposedIsFoundComposed() {
        assertThat(NamePattern.of("e\u0301").matches("caf\u00e9")).isTrue();
    }
}
