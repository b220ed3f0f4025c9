package p101.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import p101.model.Randomness;

/** The owner key on disk: 16 hexadecimal digits, readable by its user alone. Call it with the home locked. */
final class OwnerKeyFile {
    private static final int HEX_DIGITS = 2 * Long.BYTES;

    private OwnerKeyFile() {}

    /**
     * The key, made and stored now if there was none; never 0.
     *
     * @throws IOException when it cannot be read or written, or holds something else
     */
    static long readOrMake(Path file, Randomness randomness) throws IOException {
        if (!Files.exists(file)) {
            long key = make(randomness);
            byte[] text = (HexFormat.of().toHexDigits(key) + "\n").getBytes(StandardCharsets.US_ASCII);
            PrivateFiles.write(file, text, true);
            return key;
        }
        PrivateFiles.tighten(file);
        return parse(file, Files.readString(file, StandardCharsets.ISO_8859_1).strip());
    }

    private static long make(Randomness randomness) {
        long key = randomness.nextLong();
        while (key == 0) {
            key = randomness.nextLong();
        }
        return key;
    }

    private static long parse(Path file, String text) throws IOException {
        try {
            long key = text.length() == HEX_DIGITS ? HexFormat.fromHexDigitsToLong(text) : 0;
            if (key != 0) {
                return key;
            }
        } catch (IllegalArgumentException notHex) {
            // Said below, without the text: it may be most of a key.
        }
        throw new IOException(file.getFileName() + " is damaged; delete it to get a new owner key");
    }
}
