package p101.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextPartsTest {
    @Test
    void everyPartFitsAndNothingIsLostOrCutInside() {
        String text = "Grüße, 10 € für \uD83D\uDE00 ".repeat(40) + "x".repeat(90);
        for (int most = 4; most < 200; most++) {
            for (String part : TextParts.of(text, most)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                assertThat(bytes.length).isBetween(1, most);
                assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(part);
            }
            assertThat(String.join("", TextParts.of(text, most))).isEqualTo(text);
        }
    }

    @Test
    void wordsStayWholeWherePossible() {
        assertThat(TextParts.of("one two three", 8)).containsExactly("one two ", "three");
        assertThat(TextParts.of("a bcdefghijklm", 8)).containsExactly("a bcdefg", "hijklm");
        assertThat(TextParts.of("", 8)).isEmpty();
    }
}
