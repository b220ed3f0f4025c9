package p101.p2pci;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import p101.library.Geometry;
import p101.library.HashedFile;
import p101.library.PieceHasher;
import p101.library.PieceHashes;
import p101.model.Root;

/**
 * What a GET brought, in a temporary file that only its user can read and that has no name where the system allows that, until its
 * content is known and the download has taken it. One thread at a time.
 */
final class Spool implements Closeable {
    private static final int COPY_BYTES = 65_536;

    private final Path folder;
    private FileChannel channel;

    /**
     * @throws IOException when the folder cannot be written
     */
    Spool(Path folder) throws IOException {
        this.folder = folder;
        create();
    }

    private void create() throws IOException {
        Path path = Files.createTempFile(folder, ".p101-", ".get");
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
        Geometry geometry = new Geometry(channel.size());
        ByteBuffer hashes = ByteBuffer.allocate(geometry.pieceCount() * Root.BYTES);
        ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
        PieceHasher hasher = new PieceHasher();
        for (int piece = 0; piece < geometry.pieceCount(); piece++) {
            long position = geometry.pieceOffset(piece);
            long end = position + geometry.pieceLength(piece);
            while (position < end) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
                int count = channel.read(buffer, position);
                if (count <= 0) {
                    throw new EOFException("a temporary file became shorter");
                }
                hasher.update(buffer.flip());
                position += count;
            }
            hashes.put(hasher.finishPiece(geometry, piece).toBytes());
        }
        PieceHashes pieces = PieceHashes.of(hashes.array());
        return new HashedFile(pieces.contentOfSize(geometry.size()), pieces);
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
