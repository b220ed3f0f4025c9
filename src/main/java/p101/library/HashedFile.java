package p101.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import p101.model.Content;

/**
 * What hashing a file gives.
 *
 * @param content size and root
 * @param pieces the hashes of its pieces
 */
public record HashedFile(Content content, PieceHashes pieces) {
    /**
     * Hashes one file with all cores, links followed: what {@code p101 root} prints.
     *
     * @param hashedBytes told how many bytes are done, now and then, from any thread
     * @throws FileChangedException when the file changed meanwhile
     * @throws IOException when it cannot be read
     */
    public static HashedFile of(Path file, LongConsumer hashedBytes) throws IOException {
        throw new UnsupportedOperationException();
    }
}
