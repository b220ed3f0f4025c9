package p101.library;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import p101.model.Content;
import p101.model.FileName;

/** A file in download. */
public final class PartialFile implements ServedFile, Closeable {
    /**
     * What is downloaded, and where it goes.
     *
     * @param path the file that the download becomes; its folder exists
     * @param label the name it is registered under while it is partial
     * @param content size and root
     * @param manifest full name and piece hashes; for a file of one piece {@code new Manifest(name,
     *     PieceHashes.ofSinglePiece(content))} will do
     * @param modifiedMillis what the source said
     */
    public record Target(Path path, FileName label, Content content, Manifest manifest, long modifiedMillis) {}

    private PartialFile() {}

    /**
     * Begins a download, or goes on with an interrupted one: {@link #pieces()} then tells what is there already. When an
     * earlier run's word cannot be trusted (the machine was restarted since), what it claimed is hashed again first.
     *
     * @param recheckedBytes told how many bytes were hashed again so far
     * @throws PartialFileBusyException when another download is writing the same partial file
     * @throws NotEnoughSpaceException when the missing pieces do not fit on the disk
     * @throws IOException when the folder cannot be written
     */
    public static PartialFile open(Target target, LongConsumer recheckedBytes) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes all remaining bytes at a position. Any thread; but only one at a time for each piece.
     *
     * @throws IllegalStateException when that would touch a verified piece
     * @throws IOException when the disk is full or fails; what was verified stays
     */
    public void write(ByteBuffer bytes, long position) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Says that pieces were verified and written whole; from now on they are served and survive a crash. Any thread. */
    public void markVerified(int firstPiece, int count) throws IOException {
        throw new UnsupportedOperationException();
    }

    public void markVerified(int piece) throws IOException {
        markVerified(piece, 1);
    }

    /** Reads a piece back and compares its hash. */
    public boolean isIntact(int piece) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves the whole file to its name, in one step, and gives that name. The partial file is then gone; the pieces can be
     * read from this object until {@link #close()}.
     *
     * @throws IllegalStateException when a piece is missing
     * @throws java.nio.file.FileAlreadyExistsException when the name is taken and the policy does not allow more
     */
    public Path finish(ExistingFilePolicy policy) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Deletes what was downloaded. */
    public void abandon() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Ends the download for now; another {@link #open} goes on with it. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileName label() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileName fullName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Content content() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long modifiedMillis() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PieceSet pieces() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Manifest manifest() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reader open() throws IOException {
        throw new UnsupportedOperationException();
    }
}
