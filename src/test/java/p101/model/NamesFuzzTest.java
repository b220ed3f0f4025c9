package p101.model;

import static p101.testing.Fuzzing.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;

/** A name that passes stays in its folder and cannot disturb a terminal, whatever it is. */
class NamesFuzzTest {
    private static final Path FOLDER = Path.of("/downloads/of alice");

    @FuzzTest
    void raw(byte[] utf8) {
        if (utf8 != null) {
            check(new String(utf8, StandardCharsets.UTF_8));
        }
    }

    @FuzzTest
    void typed(@NotNull String stem, char between, @NotNull String rest) {
        check(stem);
        check(stem + between + rest);
    }

    private static void check(String text) {
        try {
            FileName name = FileName.of(text);
            require(name.value().equals(text), "a name was repaired");
            checkCharacters(text, FileName.MAX_BYTES);
            Path path = FOLDER.resolve(text).normalize();
            require(path.startsWith(FOLDER) && path.getNameCount() == FOLDER.getNameCount() + 1, "it left the folder");
            require(!text.startsWith("."), "hidden");
            require(name.fitsPdu() == (text.getBytes(StandardCharsets.UTF_8).length <= 50), "a wrong length");
        } catch (InvalidNameException e) {
            require(Shown.text(e.getMessage()).equals(e.getMessage()) || !text.isEmpty(), "an unreadable reason");
        }
        try {
            checkCharacters(PeerName.of(text).value(), PeerName.MAX_BYTES);
        } catch (InvalidNameException e) {
            require(!e.getMessage().isBlank(), "refused without a word");
        }
    }

    private static void checkCharacters(String name, int maxBytes) {
        require(name.getBytes(StandardCharsets.UTF_8).length <= maxBytes, "too long");
        require(Normalizer.isNormalized(name, Normalizer.Form.NFC), "not in NFC");
        require(name.indexOf('/') < 0 && name.indexOf('\\') < 0 && name.indexOf(':') < 0, "a separator");
        require(name.codePoints().noneMatch(Character::isISOControl), "a control character");
        name.codePoints()
                .filter(c -> Character.getType(c) == Character.FORMAT)
                .forEach(c -> require(c == 0x200C || c == 0x200D, "a format character"));
    }
}
