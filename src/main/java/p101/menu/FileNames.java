package p101.menu;

import java.text.Normalizer;
import java.util.Optional;
import p101.model.FileName;
import p101.model.InvalidNameException;

/** File names as people type them. */
final class FileNames {
    private FileNames() {}

    /** The name in the form in which names travel; nothing when it is empty or refused, which is told. */
    static Optional<FileName> read(String typed, MenuSession session) {
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileName.of(Normalizer.normalize(typed, Normalizer.Form.NFC)));
        } catch (InvalidNameException refused) {
            session.say("Not the name of a file: " + refused.getMessage());
            return Optional.empty();
        }
    }
}
