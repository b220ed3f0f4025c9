package p101.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The newest tx on disk, as decimal digits. What cannot be read counts as 0: the index tells who is behind. */
final class TxFile implements TxStore {
    private static final long MAX_TX = 0xFFFF_FFFFL;

    private final Path file;

    TxFile(Path file) {
        this.file = file;
    }

    @Override
    public long load() {
        try {
            long mark = Long.parseLong(
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip());
            return mark >= 0 && mark < MAX_TX ? mark : 0;
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    @Override
    public void save(long mark) {
        try {
            PrivateFiles.write(file, Long.toString(mark).getBytes(StandardCharsets.US_ASCII), false);
        } catch (IOException full) {
            // The sequence goes on in memory; after a restart the index tells its newest tx.
        }
    }
}
