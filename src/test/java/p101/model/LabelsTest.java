package p101.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** spec/PDU.md, section 5. */
class LabelsTest {
    private static String label(String name) {
        return Labels.of(FileName.of(name)).value();
    }

    private static String hash(String text) throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 4);
    }

    @Test
    void aNameOf50BytesIsItsOwnLabel() {
        String name = "a".repeat(46) + ".txt";
        assertThat(label(name)).isEqualTo(name);
        assertThat(label("ش".repeat(25))).isEqualTo("ش".repeat(25));
    }

    private static boolean goTogether(String registered, String fullName) {
        return Labels.goTogether(FileName.of(registered), FileName.of(fullName));
    }

    @Test
    void aFullNameGoesTogetherWithItselfAndWithLabelsOfIt() {
        String longName = "a".repeat(60) + ".txt";
        FileName other = Labels.of(FileName.of("copyright"), "folder/two/copyright");
        FileName withExtension = Labels.of(FileName.of("notes.txt"), "folder/notes.txt");
        assertThat(goTogether("song.mp3", "song.mp3")).isTrue();
        assertThat(goTogether(label(longName), longName)).isTrue();
        assertThat(goTogether(longName, longName)).isTrue();
        assertThat(goTogether(other.value(), "copyright")).isTrue();
        assertThat(goTogether(withExtension.value(), "notes.txt")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "song.mp3, thesis.doc",
        "song.mp3, song",
        "song, song.mp3",
        "copyright~0123abcd, copyrigh",
        "copyright~0123abcd, copyrights",
        "copyright~0123abcd, install.sh",
        "copyright~0123ABCD, copyright",
        "copyright~0123abc, copyright",
        "copyright~0123abcde, copyright",
        "notes~0123abcd.txt, notes.sh",
        "notes~0123abcd.txt, notes",
        "notes.txt~0123abcd, notes.txt"
    })
    void noOtherNameGoesTogetherWithIt(String registered, String fullName) {
        assertThat(goTogether(registered, fullName)).isFalse();
    }

    @Test
    void aLongerOneIsCutBeforeItsHashAndExtension() throws Exception {
        String name = "a".repeat(47) + ".txt";
        assertThat(label(name))
                .isEqualTo("a".repeat(37) + "~" + hash(name) + ".txt")
                .hasSize(50);
        String plain = "b".repeat(51);
        assertThat(label(plain)).isEqualTo("b".repeat(41) + "~" + hash(plain));
    }

    @Test
    void charactersAreNotCutInHalf() throws Exception {
        String name = "课".repeat(20) + ".pdf";
        assertThat(label(name)).isEqualTo("课".repeat(12) + "~" + hash(name) + ".pdf");
        String astral = "\uD83D\uDCD6".repeat(13);
        assertThat(label(astral)).isEqualTo("\uD83D\uDCD6".repeat(10) + "~" + hash(astral));
    }

    @Test
    void aJoinerAtTheCutIsDropped() throws Exception {
        String name = "a" + "ش".repeat(18) + "\u200Cها".repeat(9);
        String stem = "a" + "ش".repeat(18);
        assertThat(label(name)).isEqualTo(stem + "~" + hash(name)).hasSizeLessThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "report.pdf, .pdf",
        "a.tar.gz, .gz",
        "README, ''",
        "name., ''",
        "a.b, .b",
        "x.elevenchars, .elevenchars",
        "x.twelvecharss, ''",
        "x.ششششش, .ششششش",
        "x.شششششش, ''",
        "'v1. the end', '. the end'",
    })
    void theExtensionIsTheLastPartWhenShort(String name, String extension) {
        assertThat(Labels.extensionOf(name)).isEqualTo(extension);
    }

    @Test
    void aCollidingNameGetsItsHashFromThePath() throws Exception {
        assertThat(Labels.of(FileName.of("notes.txt"), "docs/y/notes.txt").value())
                .isEqualTo("notes~" + hash("docs/y/notes.txt") + ".txt");
    }

    /** Every label is itself a name that the rules allow, fits, and differs when the names do. */
    @Test
    void everyLabelIsAName() {
        int[] alphabet = {'a', 'Z', '.', ' ', '~', 0x634, 0x200C, 0x627, 0x8BFE, 0x1F4D6, 0x301, 0x1100, 0x1161, 0xE9};
        SplittableRandom random = new SplittableRandom(17);
        int tried = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = 20 + random.nextInt(60);
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            try {
                FileName name = FileName.of(Normalizer.normalize(text, Normalizer.Form.NFC));
                FileName label = Labels.of(name);
                assertThat(label.fitsPdu()).isTrue();
                assertThat(label.equals(name)).isEqualTo(name.fitsPdu());
                tried++;
            } catch (InvalidNameException e) {
                assertThat(Labels.cut(text.toString(), 50))
                        .as("the name itself is refused")
                        .isNotNull();
            }
        }
        assertThat(tried).isGreaterThan(100);
    }
}
