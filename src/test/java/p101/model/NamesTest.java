package p101.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a name may be (spec/PDU.md, section 5). The hostile ones are of the kinds that other programs have let through: a way
 * out of the folder, devices, alternate streams, escape sequences, reversed reading order, spellings that look alike.
 */
class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "song",
                "file1.txt",
                " leading blank",
                "a..b",
                "a.b.c",
                "~",
                "-rf",
                "--help",
                "$(reboot)",
                "a*?\"<>|b",
                "%2e%2e%2f",
                "100%",
                "con-test",
                "con1",
                "com10",
                "lpt",
                "nulls.txt",
                "aux_",
                "auxiliary.log",
                "xcon",
                "Zoë",
                "résumé.txt",
                "Åse",
                "한글.hwp",
                "第三章 课件.pptx",
                "ملف عربي.pdf",
                "کتاب‌ها.zip",
                "می‌خواهم",
                "क्‍ष",
                "ශ්‍රී",
                "𝄞.mid",
                "👍.png",
                "¹²³",
                "a\u00A0b",
                "ệ"
            })
    void theseAreFileNames(String name) {
        assertThat(FileName.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // ways out of the folder, and hidden files
                ".",
                "..",
                "...",
                "../a",
                "a/../b",
                "a/b",
                "/",
                "/etc/passwd",
                "//host/share",
                "..\\a",
                "a\\b",
                "\\\\host\\share",
                "C:",
                "C:a",
                "C:\\a",
                "file:///etc/passwd",
                "a.txt:stream",
                "a.txt::$DATA",
                ".bashrc",
                ".ssh",
                ". ",
                ".. ",
                "~/../x",
                // what Windows would repair
                "a.",
                "a..",
                "a ",
                "a. ",
                "a .",
                " ",
                "   ",
                ". .",
                // devices
                "CON",
                "con",
                "Con",
                "PRN",
                "AUX",
                "NUL",
                "nul",
                "COM0",
                "COM1",
                "com9",
                "LPT0",
                "LPT1",
                "lpt9",
                "COM¹",
                "lpt³",
                "CONIN$",
                "conout$",
                "CLOCK$",
                "con.txt",
                "nul.tar.gz",
                "CON .txt",
                "con  .a.b",
                "Lpt1.log",
                "aux.",
                // controls
                "\u0000",
                "a\u0000.txt",
                "a\u0001",
                "\u001b[2J",
                "a\u001f",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u007f",
                "a\u0080b",
                "a\u0085b",
                "a\u009bb",
                "a\u009f",
                // characters that nobody sees, or that turn the reading order
                "a\u00adb",
                "a\u0600b",
                "a\u061cb",
                "a\u070fb",
                "a\u180eb",
                "a\u200bb",
                "a\u200eb",
                "a\u200fb",
                "a\u2028b",
                "a\u2029b",
                "a\u202ab",
                "a\u202bb",
                "a\u202cb",
                "a\u202db",
                "gpj.\u202eexe",
                "a\u2060b",
                "a\u2064b",
                "a\u2066b",
                "a\u2067b",
                "a\u2068b",
                "a\u2069b",
                "a\u206ab",
                "\ufeffa",
                "a\ufff9b",
                "a\uD834\uDD73b",
                "a\uDB40\uDC01b",
                "a\uDB40\uDC41b",
                // joiners that join nothing
                "\u200c",
                "\u200cab",
                "ab\u200d",
                "a\u200c\u200cb",
                "a\u200c b",
                "1\u200c2",
                "a\u200d.txt",
                "a\u200c\u200db",
                // other spellings of the same name
                "re\u0301sume\u0301",
                "\u1112\u1161\u11ab",
                "\u212b",
                "\u2126",
                "\uf900",
                "q\u0307\u0323",
                // not text
                "\ud800",
                "a\udc00b",
                "\ud834x"
            })
    void theseAreRefused(String name) {
        assertThatThrownBy(() -> FileName.of(name)).isInstanceOfSatisfying(InvalidNameException.class, e -> {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.getStackTrace()).as("a flood of them stays cheap").isEmpty();
        });
    }

    @Test
    void theFirstNameThatIsTooLongIsRefused() {
        assertThatCode(() -> FileName.of("x".repeat(255))).doesNotThrowAnyException();
        assertThatThrownBy(() -> FileName.of("x".repeat(256))).isInstanceOf(InvalidNameException.class);
        assertThatCode(() -> FileName.of("第".repeat(85))).doesNotThrowAnyException();
        assertThatThrownBy(() -> FileName.of("第".repeat(85) + "x")).isInstanceOf(InvalidNameException.class);
        assertThatCode(() -> PeerName.of("x".repeat(16))).doesNotThrowAnyException();
        assertThatThrownBy(() -> PeerName.of("x".repeat(17))).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> PeerName.of("第".repeat(5) + "ab")).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aNameFitsAPduUpToFiftyBytes() {
        assertThat(FileName.of("x".repeat(50)).fitsPdu()).isTrue();
        assertThat(FileName.of("x".repeat(51)).fitsPdu()).isFalse();
        assertThat(FileName.of("第".repeat(16) + "xy").fitsPdu()).isTrue();
        assertThat(FileName.of("第".repeat(17)).fitsPdu()).isFalse();
    }

    @Test
    void noNameIsNoName() {
        assertThatThrownBy(() -> FileName.of("")).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> PeerName.of("")).isInstanceOf(InvalidNameException.class);
        assertThat(new FileName("").isNone()).isTrue();
        assertThat(new PeerName("")).isEqualTo(PeerName.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", ".dot", "con", "NUL", "مه‌سا", "李雷", "Zoë", "a b"})
    void theseArePeerNames(String name) {
        assertThat(PeerName.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "a:b", "a ", "a.", "a\u001bb", "a\u202eb", "e\u0301", "\u200ca", "a\u009bb"})
    void theseAreNotPeerNames(String name) {
        assertThatThrownBy(() -> PeerName.of(name)).isInstanceOf(InvalidNameException.class);
    }

    /** A look at all of Unicode, so that no range was forgotten. */
    @Test
    void everyCodePointIsAllowedExactlyWhenItsKindIs() {
        for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String name = "a" + Character.toString(codePoint) + "1";
            if (isFileName(name) != isHarmless(codePoint, name)) {
                throw new AssertionError(String.format("U+%04X is judged wrongly", codePoint));
            }
        }
    }

    private static boolean isHarmless(int codePoint, String name) {
        boolean isSeparator = codePoint == '/' || codePoint == '\\' || codePoint == ':';
        boolean isKind = switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
        return isKind
                && !isSeparator
                && java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC)
                        .equals(name);
    }

    private static boolean isFileName(String name) {
        try {
            FileName.of(name);
            return true;
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
