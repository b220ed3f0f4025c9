package p101.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import p101.model.Content;
import p101.model.FileName;

/** A whole file of the library. Keeps no piece hashes of its own while the cache has them. */
final class SharedFile implements ServedFile {
    /** Where piece hashes come from. */
    interface Hashes {
        PieceHashes read() throws IOException;
    }

    private final Path root;
    private final Path path;
    private final FileName fullName;
    private final FileName label;
    private final FileIdentity identity;
    private final Content content;
    private final Hashes hashes;

    /**
     * @param hashes {@code null} for a file of one piece, whose root says all
     */
    SharedFile(
            Path root,
            Path path,
            FileName fullName,
            FileName label,
            FileIdentity identity,
            Content content,
            Hashes hashes) {
        this.root = root;
        this.path = path;
        this.fullName = fullName;
        this.label = label;
        this.identity = identity;
        this.content = content;
        this.hashes = hashes;
    }

    Path path() {
        return path;
    }

    @Override
    public FileName label() {
        return label;
    }

    @Override
    public FileName fullName() {
        return fullName;
    }

    @Override
    public Content content() {
        return content;
    }

    @Override
    public long modifiedMillis() {
        return identity.modifiedMillis();
    }

    @Override
    public PieceSet pieces() {
        return PieceSet.complete(new Geometry(content.size()).pieceCount());
    }

    @Override
    public Manifest manifest() throws IOException {
        return new Manifest(fullName, hashes == null ? PieceHashes.ofSinglePiece(content) : hashes.read());
    }

    @Override
    public Reader open() throws IOException {
        return new WholeReader(BelowRoot.open(root, root.relativize(path), identity));
    }

    @Override
    public String toString() {
        return label + " " + content.id();
    }

    private final class WholeReader implements Reader {
        private final FileChannel channel;

        WholeReader(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            int wanted = dst.remaining();
            int count;
            try {
                count = channel.read(dst, position);
            } catch (ClosedChannelException e) {
                throw new FileChangedException("the file was closed", e);
            }
            if (count <= 0 && wanted > 0 && position < content.size()) {
                throw new FileChangedException("the file was truncated");
            }
            // After reading: a change before this moment shows in size or time, so what was read is what was hashed.
            identity.confirm(path);
            return count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
