package p101.p2pci;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import p101.library.HashedFile;

/**
 * What a GET brought, in a temporary file that only its user can read, until its content is known and the download has taken
 * it. One thread at a time.
 */
final class Spool implements Closeable {
    private static final int COPY_BYTES = 65_536;

    private final Path folder;
    private Path path;
    private FileChannel channel;

    /**
     * @throws IOException when the folder cannot be written
     */
    Spool(Path folder) throws IOException {
        this.folder = folder;
        create();
    }

    private void create() throws IOException {
        path = Files.createTempFile(folder, ".p101-", ".get");
        channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Appends. */
    void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Puts bytes before all others. */
    void prepend(byte[] prefix) throws IOException {
        FileChannel old = channel;
        try (old) {
            create();
            append(ByteBuffer.wrap(prefix));
            ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
            long position = 0;
            for (int count = old.read(buffer, 0); count > 0; count = old.read(buffer.clear(), position)) {
                position += count;
                append(buffer.flip());
            }
        }
    }

    /** Content and piece hashes of what is there. */
    HashedFile hash() throws IOException {
        return HashedFile.of(path, bytes -> {});
    }

    /** Reads into the buffer; -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
